"""What coaches of Veenrand agree on and write about a case, invented and without names. Data only."""

from typing import Final

AGREED: Final = (
    *("talked_nothing_needed", "talked_nothing_needed", "talked_nothing_needed"),
    *("agree_again_next_talk", "agree_again_next_talk", "try_something_else", "try_something_else"),
    *("change_pace", "change_way_of_talking", "change_goal", "invite_someone", "ask_colleague"),
)
AGREED_ON_A_HINT: Final = (
    *(
        "talked_nothing_needed",
        "change_pace",
        "change_way_of_talking",
        "change_way_of_talking",
        "change_goal",
    ),
    *("try_something_else", "invite_someone", "ask_colleague", "agree_again_next_talk"),
)
TALK: Final = (
    "Begin de volgende keer met wat al lukt.",
    "Afspraak aan tafel opgeschreven. Iedereen had een eigen punt.",
    "Rustig gesprek. De stilte hielp.",
    "Ik praatte te veel. Volgende keer eerst vragen.",
    "Tolk was erbij. Dat scheelde veel.",
    "Thuis gaat het opstaan beter, in de klas is het begin nog lastig.",
    "Samen een schema voor de ochtend gemaakt.",
    "Er was haast. Het echte onderwerp komt de volgende keer.",
    "Goed om hier ook de andere ouder bij te vragen.",
    "De leerkracht probeert twee weken een vaste plek.",
    "We begonnen stroef en eindigden met een plan.",
    "Vragen hoe het met slapen gaat.",
)
HINT: Final = (
    "Samen de vier antwoorden bekeken. Het ging over één moment in de klas.",
    "Het tempo lag te hoog. Ik vat vaker samen.",
    "De ouder wil eerst horen wat school zelf doet.",
    "Dit was een moeilijke week. We wachten het volgende gesprek af.",
    "Volgende keer op een andere plek, zonder bureau ertussen.",
)
CLOSING: Final = (
    "Het keerpunt was het gesprek met iedereen aan één tafel.",
    "Ik had eerder naar de thuissituatie kunnen vragen.",
    "Ze redden het nu zelf. Mooi om te zien.",
    "De school houdt het schema vast, ook na de vakantie.",
)
QUESTION: Final = (
    "Hoe houd ik rust in de groep zonder de hele dag te waarschuwen?",
    "Hoe voer ik een gesprek met ouders als wij anders denken?",
    "Hoe geven wij als team dezelfde regels, in de klas en op het plein?",
    "Hoe help ik een kind dat dichtklapt als iets moeilijk wordt?",
    "Hoe begin ik de dag zo dat iedereen aan het werk gaat?",
)
OWN_SHARE: Final = (
    "Ik reageer vooral als het misgaat, en weinig als het lukt.",
    "Ik leg snel uit wat wij doen, en vraag pas later wat de ouder ziet.",
    "Wij spreken elkaar als team niet aan op de afspraken.",
    "Ik geef de beurt vaak aan dezelfde kinderen.",
)
NEW_BEHAVIOUR: Final = (
    "Ik noem drie keer per ochtend wat goed gaat.",
    "Ik begin elk gesprek met een vraag en luister twee minuten.",
    "Wij openen elke week op maandag samen, met één regel.",
    "Ik sta bij de deur en begroet elk kind.",
)
