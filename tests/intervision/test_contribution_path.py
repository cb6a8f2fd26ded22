"""How much one has to read to know what happens when a contribution form is sent."""

from pathlib import Path

import pytest

from benchmarks.contribution_path import FILES_AT_MOST, FUNCTIONS_AT_MOST, path_of_one_contribution


@pytest.mark.one_database
def test_a_contribution_form_runs_through_few_files_and_functions(tmp_path: Path):
    path = path_of_one_contribution(f"sqlite:///{tmp_path}/path.db")
    assert len(path.files) <= FILES_AT_MOST, path.files
    assert len(path.functions) <= FUNCTIONS_AT_MOST, path.functions


@pytest.mark.one_database
def test_it_is_read_from_the_handler_to_the_service_the_step_machine_and_the_views(tmp_path: Path):
    files = path_of_one_contribution(f"sqlite:///{tmp_path}/path.db").files
    walk = [
        "handlers/router.py",
        "handlers/intervision.py",
        "bot/intervision/form_surfaces.py",
        "bot/intervision/contribute.py",
        "bot/intervision/context.py",
        "bot/intervision/apply.py",
        "bot/intervision/rules/machine.py",
    ]
    assert [file for file in files if file in walk] == walk
