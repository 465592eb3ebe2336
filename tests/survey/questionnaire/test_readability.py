"""Reading formulas against texts counted by hand."""

import pytest

from survey.questionnaire.readability import flesch_douma, lix, longest_sentence, sentences, syllables, words

SPOKEN = [
    (1, "de kind school juf jij bij ons vraagt heel fijn huis leuk goed geeft zou coach team"),
    (2, "ouder vragen leerling coaches antwoord gesprek nieuwe blije kiezen bouwen sneeuw-wit"),
    (3, "bijeenkomst beoordeel reactie antwoorden ideeën patiënt beantwoord kansencoach officier"),
    (4, "situatie beoordelen samenwerken beïnvloeden oplossingen kansencoaches officieel"),
    (5, "mogelijkheden geïnteresseerd systeemgerichte"),
]


@pytest.mark.parametrize(("count", "examples"), SPOKEN)
def test_syllables_are_counted_as_they_are_spoken(count: int, examples: str) -> None:
    assert {word: syllables(word) for word in examples.split()} == dict.fromkeys(examples.split(), count)


def test_a_word_without_vowels_still_has_a_syllable() -> None:
    assert syllables("2") == syllables("pst") == 1


def test_words_are_letters_and_numbers_and_a_filled_in_name_is_one_word() -> None:
    assert words("Vraag {n} van {total}: wat vindt u, Marit-Anne, van foto’s?") == [
        *("Vraag", "tien", "van", "tien", "wat", "vindt", "u", "Marit-Anne", "van", "foto’s"),
    ]


def test_sentences_end_at_a_mark_also_inside_quotes() -> None:
    assert len(sentences("Kies een antwoord. Of kies ‘Nu niet.’ Klaar? Ja!")) == 4
    assert sentences("een beetje") == ["een beetje"]
    assert sentences("Om 10.42 uur") == ["Om 10.42 uur"]
    assert sentences(" … ") == []


def test_the_longest_sentence_counts() -> None:
    assert longest_sentence("Dit zijn er vier. Dit zijn er wel zes, echt.") == 6
    assert longest_sentence("") == 0


def test_flesch_douma_of_a_text_counted_by_hand() -> None:
    # 8 words, 11 syllables (moe-der, va-der, ap-pel), 2 sentences.
    text = "De moeder koopt een appel. Vader eet hem."
    assert flesch_douma(text) == pytest.approx(206.84 - 0.77 * (100 * 11 / 8) - 0.93 * (8 / 2))


def test_lix_of_a_text_counted_by_hand() -> None:
    # 8 words, 2 sentences, 2 words of more than six letters.
    text = "Het gesprek was kort. Iedereen kwam er uit."
    assert lix(text) == pytest.approx(8 / 2 + 100 * 2 / 8)


def test_harder_words_and_longer_sentences_read_worse() -> None:
    plain = "Wij kijken samen wat er nodig is. Dan kiezen wij wat we gaan doen."
    hard = "Gezamenlijk inventariseren wij noodzakelijke voorwaarden alvorens activiteiten te kiezen."
    assert flesch_douma(plain) > 70 > flesch_douma(hard)
    assert lix(plain) < 30 < lix(hard)


@pytest.mark.parametrize("text", ["", " ", "…", "?!"])
def test_a_text_without_words_has_no_reading_ease(text: str) -> None:
    with pytest.raises(ValueError, match="without words"):
        flesch_douma(text)
    with pytest.raises(ValueError, match="without words"):
        lix(text)
