"""What is sealed opens in its own place, with its own key, and shows itself nowhere else."""

import copy
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.crypto.vault import BadKey, BrokenSeal, CannotOpen, PrivateText, Vault, WrongKey, new_key, read_keys

STORY = "Anna durfde het niet te vragen"
any_text = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)


@pytest.fixture
def vault() -> Vault:
    return Vault([new_key()])


@given(text=any_text)
def test_whatever_people_write_comes_back_whole(text: str) -> None:
    vault = Vault([new_key()])
    assert vault.open(vault.seal(text, place="reflections.words:1"), place="reflections.words:1").reveal() == text


@given(text=any_text, place=st.text(max_size=20), other=st.text(max_size=20))
def test_words_moved_to_another_row_do_not_open_there(text: str, place: str, other: str) -> None:
    vault = Vault([new_key()])
    if place != other:
        with pytest.raises(BrokenSeal):
            vault.open(vault.seal(text, place=place), place=other)


@given(text=any_text, data=st.data())
def test_one_changed_bit_is_noticed(text: str, data: st.DataObject) -> None:
    vault = Vault([new_key()])
    blob = bytearray(vault.seal(text, place="p:1"))
    blob[data.draw(st.integers(0, len(blob) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(CannotOpen):
        vault.open(bytes(blob), place="p:1")


@pytest.mark.parametrize("blob", [b"", b"\x01", STORY.encode(), b"\x02" * 60], ids=["empty", "short", "bare", "newer"])
def test_what_was_never_sealed_is_refused_in_words(vault: Vault, blob: bytes) -> None:
    with pytest.raises(BrokenSeal, match="not words sealed by Klankbord"):
        vault.open(blob, place="p:1")


def test_the_same_words_never_look_the_same(vault: Vault) -> None:
    assert vault.seal(STORY, place="p:1") != vault.seal(STORY, place="p:1")


def test_the_words_are_not_in_the_envelope(vault: Vault) -> None:
    assert b"Anna" not in vault.seal(STORY, place="p:1")


def test_words_sealed_with_another_key_say_which_setting_mends_it(vault: Vault) -> None:
    with pytest.raises(WrongKey) as refused:
        Vault([new_key()]).open(vault.seal(STORY, place="p:1"), place="p:1")
    assert "KLANKBORD_KEY" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    old, new = new_key(), new_key()
    before = Vault([old]).seal(STORY, place="p:1")
    rotated = Vault([new, old])
    after = rotated.seal(STORY, place="p:1")
    assert rotated.open(before, place="p:1").reveal() == STORY
    assert Vault([new]).open(after, place="p:1").reveal() == STORY
    with pytest.raises(WrongKey):
        Vault([old]).open(after, place="p:1")


anything = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists)


@given(value=anything)
def test_structures_come_back_whole(value: object) -> None:
    vault = Vault([new_key()])
    assert vault.open_json(vault.seal_json(value, place="p:1"), place="p:1") == value


def test_words_can_be_sealed_without_revealing_them_first(vault: Vault) -> None:
    assert vault.open(vault.seal(PrivateText(STORY), place="p:1"), place="p:1") == PrivateText(STORY)


@pytest.mark.parametrize("show", [repr, str, "{}".format, "{:>40}".format, "%s".__mod__, lambda words: f"{words!r}"])
def test_words_do_not_show_themselves(show) -> None:  # type: ignore[no-untyped-def]
    assert show(PrivateText(STORY)).strip() == "<sealed words>"


def test_words_do_not_leave_by_json_or_pickle() -> None:
    for leave in (json.dumps, pickle.dumps):
        with pytest.raises(TypeError):
            leave(PrivateText(STORY))


def test_words_behave_like_a_value() -> None:
    words = PrivateText(STORY)
    assert words == PrivateText(STORY) != PrivateText("iets anders")
    assert words != STORY
    assert len({words, PrivateText(STORY), copy.deepcopy(words), copy.copy(words)}) == 1
    assert bool(words) and not PrivateText("")


@pytest.mark.parametrize(
    ("text", "problem"),
    [("not base64!", "not written in base64"), ("c2hvcnQ=", "holds 5 bytes"), ("é", "not written in base64")],
)
def test_a_key_that_cannot_be_one_says_how_to_make_one(text: str, problem: str) -> None:
    with pytest.raises(BadKey, match=problem) as refused:
        read_keys(text)
    assert "openssl rand -base64 32" in str(refused.value)
    assert text not in str(refused.value)


def test_keys_are_written_with_commas_between_newest_first() -> None:
    zeros = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    url_safe = "_" * 42 + "8="
    assert read_keys(f"{zeros}, {url_safe}\n") == (bytes(32), b"\xff" * 32)


def test_a_vault_needs_a_key_and_does_not_show_it() -> None:
    with pytest.raises(BadKey):
        Vault([])
    key = new_key()
    assert key.hex() not in repr(Vault([key])) and str(key) not in repr(Vault([key]))
