"""The bot of today takes up where version 0.1.0 stopped: what was queued is sent once, and weeks go on."""

from tests.upgrade.old_world import OldWorld, buttons_on


def failed_operations(world: OldWorld) -> list[str]:
    """What Slack refused for good: in version 0.1.0 a card for #proefkring, and the removal of Lien's answer."""
    jobs = world.bot.unfinished_jobs.list_jobs()
    return sorted(job.operation for job in jobs if job.state == "failed")


def test_what_was_queued_is_sent_and_nothing_twice(old_world: OldWorld) -> None:
    anna, circle = old_world.anna, old_world.circle
    assert anna.visible_text(circle).count("Imran deelt dit") == 1

    old_world.passes(minutes=5)

    text = anna.visible_text(circle)
    assert text.count("Imran deelt dit") == 1
    assert text.count("Silence can be an answer.") == 1
    case = old_world.case("unsent")
    channels = [channel.name for channel in old_world.workspace.person("Pia").channels()]
    assert sum(case[:8] in name for name in channels) == 1


def test_what_had_failed_can_be_tried_again(old_world: OldWorld) -> None:
    old_world.passes(minutes=5)

    assert failed_operations(old_world) == ["delete", "post"]
    assert old_world.bot.unfinished_jobs.retry_jobs() == 2


def test_a_day_with_old_buttons_and_forms(old_world: OldWorld) -> None:
    bram, quinten, elif_ = old_world.bram, old_world.workspace.person("Quinten"), old_world.elif_

    joined = old_world.find_button(quinten, "case_join_pressed", old_world.case("assembling"))
    old_world.press(quinten, joined)
    assert any("Fijn dat je meedoet" in line for _, line in old_world.seen_by(quinten))
    written = old_world.find_button(bram, "contribution_pressed", old_world.case("open"))
    assert "Stel één tot drie open vragen" in old_world.press(bram, written)
    old_world.close_forms(bram)
    old_world.reopen("contribution form, typed")
    assert bram.submits().errors is None
    old_world.close_forms(bram)
    old_world.reopen("answer form")
    assert bram.submits().errors is None
    bram.presses(bram.modal, "reflection_shared")
    assert "Gedeeld in de draad" in bram.visible_text(bram.modal)
    assert "Weekvraag" in old_world.press(elif_, old_world.find_button(elif_, "answer_pressed"))
    assert old_world.anna.home
    own = next(one for one in buttons_on(old_world.anna.home) if one.action == "home_own_pressed")
    assert "Mijn dagboek" in old_world.press(old_world.anna, own)
    page = old_world.anna.modal
    assert page
    journal = next(one for one in buttons_on(page) if one.action == "journal_pressed")
    assert "Mijn dagboek" in old_world.press(old_world.anna, journal)
    page = old_world.reopen("questions page")[1]
    support = next(one for one in buttons_on(page) if one.action == "question_support_pressed")
    assert "Toch niet" in old_world.press(bram, support)

    old_world.passes(minutes=5)
    assert "Bram is nog aan het schrijven." in old_world.anna.visible_text(old_world.circle)

    old_world.passes(days=3)
    assert old_world.refused_calls() == []
    assert old_world.workspace.complaints == []
    assert failed_operations(old_world) == ["delete", "post"]
