"""What coaches of Veenrand write themselves: aims and open lines, invented and without names. Data only."""

from collections.abc import Mapping
from typing import Final

AIMS: Final[Mapping[str, tuple[str, ...]]] = {
    "uses_own_position": (
        "Ik zeg één keer per week hardop wat mij van buiten opvalt.",
        "Ik vraag het team of ze iets aan mijn blik van buiten hebben.",
    ),
    "solution_focused": (
        "Ik vraag eerst wanneer het wel lukte, en pas daarna wat er misging.",
        "Ik sluit elk gesprek af met één kleine stap.",
    ),
    "fits_school_culture": (
        "Ik loop een ochtend mee voordat ik iets voorstel.",
        "Ik gebruik de woorden die de school zelf gebruikt.",
    ),
    "adds_without_taking_over": (
        "Ik tel tot tien voordat ik een stilte invul.",
        "Ik spreek vooraf af wie het gesprek leidt.",
    ),
    "approachable": (
        "Ik sta op dinsdag bij het hek, ook als er niets is.",
        "Ik begin met een gewoon praatje.",
    ),
    "flexible_hours": (
        "Ik houd één middag per maand open voor late gesprekken.",
        "Ik zeg eerder wanneer ruilen voor mij niet lukt.",
    ),
    "looks_at_whole_context": (
        "Ik vraag altijd ook hoe het thuis gaat.",
        "Ik teken met de ouder wie er om het kind heen staan.",
    ),
    "links_care_and_class": (
        "Ik vertel de leerkracht in twee zinnen wat de hulp voor de klas betekent.",
        "Ik vraag de ouder wat ik in de klas mag vertellen.",
    ),
    "builds_shared_support": (
        "Ik vraag iedereen aan tafel: kunt u hiermee leven?",
        "Ik schrijf de afspraak op waar iedereen bij zit.",
    ),
    "connecting_and_purposeful": (
        "Ik noem het doel aan het begin van het gesprek.",
        "Ik breng een gesprek terug naar het doel zonder iemand af te kappen.",
    ),
    "sees_options_in_any_situation": (
        "Ik bedenk met de ander drie mogelijkheden voordat we kiezen.",
        "Ik vraag een collega mee te denken als ik vastloop.",
    ),
    "scales_up_or_down": (
        "Ik bespreek na vier weken: is dit genoeg, of is er meer nodig?",
        "Ik bel eerder met het wijkteam.",
        "Ik durf ook te stoppen als het goed gaat.",
    ),
    "uses_feedback": (
        "Ik vraag na een laag antwoord wat ik anders kan doen.",
        "Ik doe de vier vragen ook als het gesprek stroef liep.",
    ),
    "develops_method": (
        "Ik neem één ding dat werkte mee naar de intervisie.",
        "Ik schrijf op wat ik anders doe dan in de werkwijze staat.",
    ),
    "knows_local_services": (
        "Ik ga langs bij het wijkteam en vraag wat zij doen.",
        "Ik maak een lijstje van wie ik waarvoor bel.",
    ),
    "explains_behaviour": (
        "Ik leg gedrag uit met een voorbeeld in plaats van een moeilijk woord.",
        "Ik vraag of mijn uitleg past bij wat de ander ziet.",
    ),
    "knows_systemic_work": (
        "Ik lees vóór de werkplaats één hoofdstuk.",
        "Ik oefen met het tekenen van een gezin.",
    ),
    "starts_from_learning_question": (
        "Ik vraag eerst wat de leerkracht zelf wil leren.",
        "Ik schrijf de vraag op in de woorden van het team.",
    ),
    "holds_back_expertise": (
        "Ik stel drie vragen voordat ik iets aanraad.",
        "Ik wacht met mijn eigen idee tot de ander er twee heeft genoemd.",
    ),
    "works_preventively": (
        "Ik vraag in september wat er vorig jaar lastig werd.",
        "Ik oefen met de groep voordat het misgaat.",
    ),
    "coaches_towards_result": (
        "Ik vraag waaraan de leerkracht ziet dat het gelukt is.",
        "Ik sluit elk gesprek af met wat we de volgende keer willen zien.",
    ),
    "advises_towards_result": (
        "Ik geef twee mogelijkheden in plaats van één advies.",
        "Ik vraag eerst of er advies nodig is.",
    ),
    "coaches_teams": (
        "Ik laat in een teamgesprek eerst iedereen één zin zeggen.",
        "Ik vraag een collega om met mij een team te begeleiden.",
    ),
    "explores_all_levels": (
        "Ik loop met de leerkracht alle vijf de niveaus langs.",
        "Ik vraag ook wat er in de school meespeelt.",
    ),
    "invites_own_share": (
        "Ik vraag: wat doet u vlak voordat het lukt?",
        "Ik vertel eerst iets over mijn eigen aandeel.",
    ),
    "tailors_to_team": (
        "Ik vraag het team vooraf wat wel en niet helpt.",
        "Ik pas mijn tempo aan dat van het team aan.",
    ),
    "supports_lasting_change": (
        "Ik plan na drie maanden een gesprek om terug te kijken.",
        "Ik vraag wie in de school dit vasthoudt.",
    ),
    "knows_systemic_change": (
        "Ik lees één artikel over hoe een school verandert.",
        "Ik teken met de directeur wie er bij een plan hoort.",
    ),
}

OPEN_LINES: Final = (
    "Een vader kwam zelf naar mij toe om te vertellen dat het beter gaat.",
    "Het gesprek liep vast en ik bleef toch rustig zitten.",
    "De leerkracht deed het gesprek alleen, en dat was precies goed.",
    "Ik merkte te laat dat er meer hulp nodig was.",
    "Een leerling vroeg of ik volgende week weer kom.",
    "We lachten samen aan het eind van een moeilijk gesprek.",
    "Ik heb drie weken geen tijd gehad voor mijn gesprekken. Dat wil ik anders.",
    "Een moeder zei: nu weet ik wie ik kan bellen.",
    "Ik vond het spannend om in het team te zeggen wat ik zag.",
    "Door één vraag veranderde het hele gesprek van toon.",
    "De afspraak hield stand, ook toen ik er niet bij was.",
    "Ik heb een tolk gevraagd en kwam veel verder.",
    "Een collega keek met mij mee. Dat gaf rust.",
    "Ik heb nee gezegd tegen een taak die niet bij mij hoort.",
)
