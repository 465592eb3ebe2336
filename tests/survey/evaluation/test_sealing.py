"""What lies in the database while a window is open can be read by nobody without the key."""

import pytest
from flask import Flask

from survey.evaluation import ballot, sealing
from survey.evaluation.ballot import LENGTH, Ballot
from survey.evaluation.sealing import WrongKey
from survey.questionnaire.fields import Answer

SMALL = Ballot("evaluation-parent", "n" * 32, "r" * 64, {"approachable": Answer(4)})
ITEMS = {f"a_question_with_a_long_name_{n}": Answer(None, "CANNOT_JUDGE") for n in range(7)}
LARGE = Ballot("evaluation-director-programme", "n" * 32, "r" * 64, ITEMS, "‘ሰላም" * 40)


@pytest.mark.parametrize("one", [SMALL, LARGE])
def test_a_ballot_comes_back_as_it_was(one: Ballot) -> None:
    assert ballot.unpacked(sealing.unseal("w", sealing.seal("w", one.packed()))) == one


def test_every_sealed_ballot_is_as_long_as_any_other() -> None:
    assert {len(sealing.seal("w", one.packed())) for one in (SMALL, LARGE)} == {LENGTH + 28}


def test_what_does_not_fit_is_refused_and_not_cut_off() -> None:
    with pytest.raises(ValueError, match="more than a ballot holds"):
        Ballot("f", "n", "r", {}, "x" * LENGTH).packed()


def test_the_same_ballot_sealed_twice_looks_different() -> None:
    assert sealing.seal("w", SMALL.packed()) != sealing.seal("w", SMALL.packed())


def test_the_key_of_one_window_opens_no_other() -> None:
    with pytest.raises(WrongKey):
        sealing.unseal("other", sealing.seal("w", SMALL.packed()))


def test_another_secret_opens_nothing(app: Flask) -> None:
    sealed, proof = sealing.seal("w", SMALL.packed()), sealing.proof("w")
    assert sealing.fits("w", proof)
    app.secret_key = "another secret of at least 32 characters"
    assert not sealing.fits("w", proof)
    with pytest.raises(WrongKey):
        sealing.unseal("w", sealed)


def test_a_changed_byte_is_noticed() -> None:
    sealed = bytearray(sealing.seal("w", SMALL.packed()))
    sealed[100] ^= 1
    with pytest.raises(WrongKey):
        sealing.unseal("w", bytes(sealed))


@pytest.mark.parametrize("kept", [None, "", "00", "00" * 47])
def test_a_window_without_a_sound_proof_fits_no_key(kept: str | None) -> None:
    assert not sealing.fits("w", kept)
