"""Who gets what from which address; `test_routes.py` runs it in full.

A status; "in" asks to sign in first (302 to the sign-in page, 401 when something was sent); "-" is the page
that is not there (404). What is sent is empty: a form that misses something answers 422 or 400.

The round, the case and the check are Ana's, the cohort is Ben's; Noor is in training, in Ben's cohort too;
Fenne coaches and trains Dora's cohort; Left held every role. A figure with too few answers behind it is not
there for anyone.
"""

from typing import NamedTuple

TABLE = """
method address                                     visitor ana noor cleo fenne ben dora lea nobody left
GET    /inloggen                                   200     302 302  302  302   302 302  302 302    200
POST   /inloggen                                   422     422 422  422  422   422 422  422 422    422
GET    /inloggen/verstuurd                         200     200 200  200  200   200 200  200 200    200
GET    /inloggen/<token>                           -       -   -    -    -     -   -    -   -      -
POST   /inloggen/<token>                           -       -   -    -    -     -   -    -   -      -
GET    /ontgrendelen                               302     302 302  302  302   302 302  302 302    302
POST   /ontgrendelen                               303     303 303  303  303   303 303  303 303    303
POST   /uitloggen                                  303     303 303  303  303   303 303  303 303    303
POST   /uitloggen/overal                           in      303 303  303  303   303 303  303 -      in
POST   /taal                                       400     400 400  400  400   400 400  400 400    400
GET    /                                           in      302 302  302  302   302 302  302 -      in
GET    /vandaag                                    in      200 200  200  200   200 200  200 -      in
GET    /reflectie                                  in      200 200  200  200   -   -    -   -      in
GET    /reflectie/<round_id>                       in      302 302  -    -     -   -    -   -      in
GET    /reflectie/<round_id>/<block>               in      200 200  -    -     -   -    -   -      in
POST   /reflectie/<round_id>/<block>               in      422 422  -    -     -   -    -   -      in
POST   /reflectie/<round_id>/antwoord              in      422 422  -    -     -   -    -   -      in
GET    /reflectie/<round_id>/afronden              in      200 200  -    -     -   -    -   -      in
POST   /reflectie/<round_id>/afronden              in      422 422  -    -     -   -    -   -      in
GET    /reflectie/<round_id>/uren                  in      -   -    -    -     -   -    -   -      in
POST   /reflectie/<round_id>/uren                  in      -   -    -    -     -   -    -   -      in
POST   /reflectie/<round_id>/verbeteren            in      303 303  -    -     -   -    -   -      in
GET    /reflectie/<round_id>/terugblik             in      -   -    -    -     -   -    -   -      in
POST   /reflectie/<round_id>/terugblik             in      -   -    -    -     -   -    -   -      in
GET    /reflectie/kort                             in      200 200  200  200   -   -    -   -      in
GET    /reflectie/kort/<short_id>                  in      200 200  -    -     -   -    -   -      in
POST   /reflectie/kort/<short_id>                  in      303 303  -    -     -   -    -   -      in
GET    /groei                                      in      200 200  200  200   -   -    -   -      in
GET    /groei/<profile>.json                       in      -   -    -    -     -   -    -   -      in
GET    /groei/<profile>/focus.json                 in      -   -    -    -     -   -    -   -      in
GET    /groei/<profile>/terugblik.json             in      -   -    -    -     -   -    -   -      in
POST   /groei/delen/<trainer_id>                   in      400 400  400  400   -   -    -   -      in
GET    /gedeeld                                    in      -   -    -    200   200 200  -   -      in
GET    /gedeeld/<person_id>                        in      -   -    -    -     200 -    -   -      in
GET    /gedeeld/<person_id>/<profile>.json         in      -   -    -    -     -   -    -   -      in
GET    /account                                    in      200 200  200  200   200 200  200 -      in
POST   /account/onderzoek                          in      400 400  400  400   -   -    -   -      in
GET    /opdracht                                   in      200 200  200  200   -   -    -   -      in
GET    /opdracht/<year>/<school_id>                in      200 -    -    -     -   -    -   -      in
POST   /opdracht/<year>/<school_id>                in      422 -    -    -     -   -    -   -      in
GET    /trajecten                                  in      200 200  200  200   -   -    -   -      in
GET    /trajecten/nieuw                            in      200 200  200  200   -   -    -   -      in
POST   /trajecten/nieuw                            in      303 422  422  422   -   -    -   -      in
GET    /trajecten/overdragen                       in      200 200  200  200   -   -    -   -      in
POST   /trajecten/overdragen                       in      409 409  409  409   -   -    -   -      in
GET    /trajecten/<code>                           in      200 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/wijzigen                  in      200 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/wijzigen                  in      303 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/kaart                     in      200 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/akkoord                   in      422 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/afsluiten                 in      200 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/afsluiten                 in      422 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/akkoord/intrekken         in      303 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/gesprek/plan              in      200 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/gesprek/plan              in      422 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/gesprek/noteer            in      200 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/gesprek/noteer            in      422 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/gesprek/incident          in      303 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/gesprek/<talk_id>         in      200 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/gesprek/<talk_id>         in      303 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/gesprek/<talk_id>/verzet  in      422 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/gesprek/<talk_id>/afzeggen in      303 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/gesprek/<talk_id>/verwijder in      303 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/coaching/fase             in      -   -    -    -     -   -    -   -      in
POST   /trajecten/<code>/coaching/fase/<entry_id>/verwijder in      -   -    -    -     -   -    -   -      in
POST   /trajecten/<code>/coaching/niveau           in      -   -    -    -     -   -    -   -      in
POST   /trajecten/<code>/coaching/regels           in      -   -    -    -     -   -    -   -      in
GET    /trajecten/<code>/reeks/<informant_id>/<name>.json in      -   -    -    -     -   -    -   -      in
POST   /trajecten/<code>/check                     in      400 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/aandachtspunt/<link_id>   in      -   -    -    -     -   -    -   -      in
POST   /trajecten/<code>/besluit                   in      422 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/check/<link_id>           in      200 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/check/<link_id>/stand     in      200 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/check/<link_id>/intrekken in      303 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/check/<link_id>/mail      in      422 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/check/<link_id>/geef-door in      422 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/check/<link_id>/afspraak  in      -   -    -    -     -   -    -   -      in
POST   /trajecten/<code>/doel                      in      400 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/weer-vragen               in      400 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/vaste-kaart               in      400 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/vaste-kaart/<who>         in      200 -    -    -     -   -    -   -      in
GET    /cohorten                                   in      -   -    -    302   302 302  -   -      in
GET    /cohorten/<cohort_id>                       in      -   -    -    -     200 -    -   -      in
GET    /cohorten/vergelijk                         in      -   -    -    200   200 200  -   -      in
GET    /cohorten/vergelijk/verschil.json           in      -   -    -    -     -   -    -   -      in
GET    /cohorten/vergelijk/lijnen.json             in      -   -    -    -     -   -    -   -      in
GET    /cohorten/<cohort_id>/<chart>.json          in      -   -    -    -     200 -    -   -      in
GET    /agenda                                     in      200 200  200  200   200 200  -   -      in
GET    /agenda/nieuw                               in      -   -    -    200   200 200  -   -      in
POST   /agenda/nieuw                               in      -   -    -    422   422 422  -   -      in
GET    /agenda/<event_id>                          in      200 200  -    -     200 -    -   -      in
GET    /agenda/<event_id>/wijzigen                 in      -   -    -    -     200 -    -   -      in
POST   /agenda/<event_id>/wijzigen                 in      -   -    -    -     422 -    -   -      in
POST   /agenda/<event_id>/afzeggen                 in      -   -    -    -     303 -    -   -      in
POST   /agenda/<event_id>/toch                     in      -   -    -    -     303 -    -   -      in
GET    /agenda/<event_id>/wie                      in      -   -    -    -     200 -    -   -      in
POST   /agenda/<event_id>/wie                      in      -   -    -    -     303 -    -   -      in
POST   /agenda/<event_id>/meenemen                 in      303 303  -    -     303 -    -   -      in
GET    /cohorten/<cohort_id>/export.csv            in      -   -    -    -     200 -    -   -      in
GET    /cohorten/<cohort_id>/export.xlsx           in      -   -    -    -     200 -    -   -      in
GET    /eigen-gegevens                             in      200 200  200  200   200 200  200 -      in
GET    /eigen-gegevens/portfolio.html              in      200 200  200  200   -   -    -   -      in
GET    /eigen-gegevens/gegevens.xlsx               in      200 200  200  200   200 200  200 -      in
GET    /eigen-gegevens/gegevens.zip                in      200 200  200  200   200 200  200 -      in
GET    /jaarplan                                   in      -   -    -    -     -   -    200 -      in
GET    /jaarplan/<cohort_id>/<year>                in      -   -    -    -     -   -    200 -      in
POST   /jaarplan/<cohort_id>/<year>                in      -   -    -    -     -   -    422 -      in
GET    /jaarplan/<cohort_id>/<year>/toevoegen      in      -   -    -    -     -   -    200 -      in
POST   /jaarplan/<cohort_id>/<year>/toevoegen      in      -   -    -    -     -   -    422 -      in
GET    /jaarplan/<cohort_id>/<year>/<item_id>      in      -   -    -    -     -   -    200 -      in
POST   /jaarplan/<cohort_id>/<year>/<item_id>      in      -   -    -    -     -   -    422 -      in
GET    /jaarplan/<cohort_id>/<year>/<item_id>/intrekken in      -   -    -    -     -   -    200 -      in
POST   /jaarplan/<cohort_id>/<year>/<item_id>/intrekken in      -   -    -    -     -   -    303 -      in
GET    /voorstellen                                in      200 200  200  200   200 200  -   -      in
POST   /voorstellen                                in      422 422  422  422   422 422  -   -      in
POST   /voorstellen/<proposal_id>/intrekken        in      303 -    -    -     -   -    -   -      in
GET    /voorstellen/verzameld                      in      -   -    -    -     -   -    200 -      in
POST   /voorstellen/<proposal_id>/besluit          in      -   -    -    -     -   -    422 -      in
GET    /voorstellen/formulering                    in      -   -    -    200   200 200  -   -      in
GET    /inzet                                      in      -   -    -    -     -   -    200 -      in
GET    /inzet/tijdlijn.json                        in      -   -    -    -     -   -    200 -      in
GET    /inzet/totalen                              in      -   -    -    -     -   -    200 -      in
GET    /inzet/inzet.csv                            in      -   -    -    -     -   -    200 -      in
GET    /inzet/inzet.xlsx                           in      -   -    -    -     -   -    200 -      in
GET    /inzet/importeren                           in      -   -    -    -     -   -    200 -      in
POST   /inzet/importeren                           in      -   -    -    -     -   -    422 -      in
GET    /inzet/nieuw                                in      -   -    -    -     -   -    200 -      in
POST   /inzet/nieuw                                in      -   -    -    -     -   -    422 -      in
GET    /inzet/<placement_id>                       in      -   -    -    -     -   -    200 -      in
GET    /inzet/<placement_id>/wijzigen              in      -   -    -    -     -   -    200 -      in
POST   /inzet/<placement_id>/wijzigen              in      -   -    -    -     -   -    422 -      in
POST   /inzet/<placement_id>/stand                 in      -   -    -    -     -   -    422 -      in
GET    /inzet/<placement_id>/stoppen               in      -   -    -    -     -   -    200 -      in
POST   /inzet/<placement_id>/stoppen               in      -   -    -    -     -   -    422 -      in
GET    /inzet/<placement_id>/vullen                in      -   -    -    -     -   -    303 -      in
POST   /inzet/<placement_id>/vullen                in      -   -    -    -     -   -    422 -      in
POST   /inzet/<placement_id>/verlengen             in      -   -    -    -     -   -    303 -      in
POST   /inzet/<placement_id>/intrekken             in      -   -    -    -     -   -    409 -      in
GET    /mijn-inzet                                 in      200 200  200  200   -   -    -   -      in
POST   /mijn-inzet/<placement_id>/uren             in      422 -    -    -     -   -    -   -      in
POST   /mijn-inzet/<placement_id>/wens             in      422 -    -    -     -   -    -   -      in
GET    /advies                                     in      -   -    -    -     -   -    200 -      in
POST   /advies/maken                               in      -   -    -    -     -   -    400 -      in
GET    /advies/<advice_id>                         in      -   -    -    -     -   -    200 -      in
GET    /advies/<advice_id>/advies.docx             in      -   -    -    -     -   -    200 -      in
GET    /advies/<advice_id>/tekst                   in      -   -    -    -     -   -    200 -      in
POST   /advies/<advice_id>/tekst                   in      -   -    -    -     -   -    400 -      in
POST   /advies/<advice_id>/tekst/<line_id>         in      -   -    -    -     -   -    400 -      in
GET    /advies/<advice_id>/keuze                   in      -   -    -    -     -   -    200 -      in
POST   /advies/<advice_id>/keuze                   in      -   -    -    -     -   -    422 -      in
GET    /advies/<advice_id>/ondertekenen            in      -   -    -    -     -   -    200 -      in
POST   /advies/<advice_id>/ondertekenen            in      -   -    -    -     -   -    409 -      in
POST   /advies/<advice_id>/bijwerken               in      -   -    -    -     -   -    303 -      in
GET    /mijn-inzet/<placement_id>/advies           in      200 -    -    -     -   -    -   -      in
GET    /inzet/scholen                              in      -   -    -    -     -   -    200 -      in
GET    /inzet/scholen/lijst.csv                    in      -   -    -    -     -   -    200 -      in
GET    /inzet/scholen/nieuw                        in      -   -    -    -     -   -    200 -      in
POST   /inzet/scholen/nieuw                        in      -   -    -    -     -   -    422 -      in
GET    /inzet/scholen/importeren                   in      -   -    -    -     -   -    200 -      in
GET    /inzet/scholen/importeren/voorbeeld.csv     in      -   -    -    -     -   -    200 -      in
POST   /inzet/scholen/importeren                   in      -   -    -    -     -   -    422 -      in
GET    /inzet/scholen/<school_id>                  in      -   -    -    -     -   -    200 -      in
GET    /inzet/scholen/<school_id>/wijzigen         in      -   -    -    -     -   -    200 -      in
POST   /inzet/scholen/<school_id>/wijzigen         in      -   -    -    -     -   -    422 -      in
POST   /inzet/scholen/<school_id>/leerlingen       in      -   -    -    -     -   -    422 -      in
POST   /inzet/scholen/<school_id>/meedoen          in      -   -    -    -     -   -    400 -      in
GET    /inzet/scholen/<school_id>/sluiten          in      -   -    -    -     -   -    200 -      in
POST   /inzet/scholen/<school_id>/sluiten          in      -   -    -    -     -   -    422 -      in
POST   /inzet/scholen/<school_id>/heropenen        in      -   -    -    -     -   -    303 -      in
GET    /overdracht                                 in      -   -    -    -     -   -    200 -      in
POST   /overdracht                                 in      -   -    -    -     -   -    409 -      in
GET    /mensen                                     in      -   -    -    -     -   -    200 -      in
GET    /mensen/nieuw                               in      -   -    -    -     -   -    200 -      in
POST   /mensen/nieuw                               in      -   -    -    -     -   -    422 -      in
GET    /mensen/importeren                          in      -   -    -    -     -   -    200 -      in
GET    /mensen/importeren/voorbeeld.csv            in      -   -    -    -     -   -    200 -      in
POST   /mensen/importeren                          in      -   -    -    -     -   -    422 -      in
GET    /mensen/cohorten                            in      -   -    -    -     -   -    200 -      in
GET    /mensen/cohorten/nieuw                      in      -   -    -    -     -   -    200 -      in
POST   /mensen/cohorten/nieuw                      in      -   -    -    -     -   -    422 -      in
POST   /mensen/cohorten/<cohort_id>/trainer        in      -   -    -    -     -   -    422 -      in
POST   /mensen/cohorten/<cohort_id>/trainer/<person_id>/weg in      -   -    -    -     -   -    -   -      in
GET    /mensen/<person_id>                         in      -   -    -    -     -   -    200 -      in
GET    /mensen/<person_id>/wijzigen                in      -   -    -    -     -   -    200 -      in
POST   /mensen/<person_id>/wijzigen                in      -   -    -    -     -   -    422 -      in
POST   /mensen/<person_id>/terug                   in      -   -    -    -     -   -    -   -      in
POST   /mensen/<person_id>/adres                   in      -   -    -    -     -   -    303 -      in
GET    /adres/<address_token>                      -       -   -    -    -     -   -    -   -      -
POST   /adres/<address_token>                      -       -   -    -    -     -   -    -   -      -
POST   /mensen/<person_id>/cohort                  in      -   -    -    -     -   -    422 -      in
GET    /mensen/<person_id>/cohort/<cohort_id>      in      -   -    -    -     -   -    200 -      in
POST   /mensen/<person_id>/cohort/<cohort_id>      in      -   -    -    -     -   -    422 -      in
POST   /mensen/<person_id>/cohort/<cohort_id>/stop in      -   -    -    -     -   -    303 -      in
GET    /mensen/<person_id>/opdracht                in      -   -    -    -     -   -    200 -      in
GET    /mensen/<person_id>/opdracht/<year>/<school_id> in      -   -    -    -     -   -    200 -      in
POST   /mensen/<person_id>/opdracht/<year>/<school_id> in      -   -    -    -     -   -    422 -      in
POST   /mensen/<person_id>/opdracht/<year>/<school_id>/weg in      -   -    -    -     -   -    -   -      in
GET    /mensen/<person_id>/vertrek                 in      -   -    -    -     -   -    200 -      in
POST   /mensen/<person_id>/vertrek                 in      -   -    -    -     -   -    422 -      in
GET    /evaluatie                                  in      -   -    -    -     -   -    200 -      in
GET    /evaluatie/nieuw                            in      -   -    -    -     -   -    200 -      in
POST   /evaluatie/nieuw                            in      -   -    -    -     -   -    422 -      in
GET    /evaluatie/op-naam                          in      -   -    -    -     -   -    200 -      in
GET    /evaluatie/op-naam/<invitation_id>/<node_id> in      -   -    -    -     -   -    200 -      in
GET    /evaluatie/<window_id>                      in      -   -    -    -     -   -    200 -      in
GET    /evaluatie/<window_id>/dagen                in      -   -    -    -     -   -    200 -      in
POST   /evaluatie/<window_id>/dagen                in      -   -    -    -     -   -    422 -      in
POST   /evaluatie/<window_id>/weg                  in      -   -    -    -     -   -    303 -      in
POST   /evaluatie/<window_id>/tellen               in      -   -    -    -     -   -    303 -      in
GET    /evaluatie/<window_id>/indeling             in      -   -    -    -     -   -    200 -      in
POST   /evaluatie/<window_id>/indeling             in      -   -    -    -     -   -    303 -      in
POST   /evaluatie/<window_id>/indeling/<person_id> in      -   -    -    -     -   -    422 -      in
GET    /evaluatie/<window_id>/school/<school_id>   in      -   -    -    -     -   -    200 -      in
POST   /evaluatie/<window_id>/school/<school_id>/post in      -   -    -    -     -   -    422 -      in
POST   /evaluatie/<window_id>/school/<school_id>/op-naam in      -   -    -    -     -   -    422 -      in
POST   /evaluatie/<window_id>/school/<school_id>/intrekken/<invitation_id> in - - - - - - 303 - in
POST   /evaluatie/<window_id>/school/<school_id>/kaarten in      -   -    -    -     -   -    422 -      in
GET    /evaluatie/<window_id>/school/<school_id>/kaarten/<form> in - - - - - - 200 - in
GET    /mijn-inzet/op-naam                         in      200 200  200  200   -   -    -   -      in
GET    /mijn-inzet/op-naam/<invitation_id>/<node_id> in      200 -    -    -     -   -    -   -      in
POST   /mijn-inzet/op-naam/<invitation_id>/<node_id> in      422 -    -    -     -   -    -   -      in
GET    /e/<evaluation_token>                       200     200 200  200  200   200 200  200 200    200
POST   /e/<evaluation_token>                       400     400 400  400  400   400 400  400 400    400
GET    /e/<evaluation_token>/nu-niet               200     200 200  200  200   200 200  200 200    200
GET    /e/<evaluation_token>/geen-mail             200     200 200  200  200   200 200  200 200    200
GET    /c/<token>                                  200     200 200  200  200   200 200  200 200    200
POST   /c/<token>                                  422     422 422  422  422   422 422  422 422    422
GET    /c/<token>/nu-niet                          200     200 200  200  200   200 200  200 200    200
POST   /c/<token>/nu-niet                          400     400 400  400  400   400 400  400 400    400
GET    /c/offline.js                               200     200 200  200  200   200 200  200 200    200
GET    /c/bewaard                                  200     200 200  200  200   200 200  200 200    200
POST   /c/wis                                      303     303 303  303  303   303 303  303 303    303
GET    /c/gewist                                   200     200 200  200  200   200 200  200 200    200
GET    /k/<card_token>                             303     303 303  303  303   303 303  303 303    303
POST   /k/<card_token>                             303     303 303  303  303   303 303  303 303    303
GET    /demo                                       -       -   -    -    -     -   -    -   -      -
POST   /demo/<persona>                             -       -   -    -    -     -   -    -   -      -
GET    /post                                       in      200 200  200  200   200 200  200 -      in
POST   /post                                       in      400 400  400  400   400 400  400 -      in
POST   /post/agenda                                in      303 303  303  303   303 303  -   -      in
GET    /post/<choice>/<letter_token>               200     200 200  200  200   200 200  200 200    200
POST   /post/<choice>/<letter_token>               200     200 200  200  200   200 200  200 200    200
GET    /agenda/feed/<feed_token>.ics               200     200 200  200  200   200 200  200 200    200
GET    /agenda/<event_id>.ics                      in      200 200  -    -     200 -    -   -      in
GET    /reflectie/<round_id>.ics                   in      200 200  -    -     -   -    -   -      in
GET    /mail                                       in      -   -    -    -     -   -    200 -      in
POST   /mail/<mail_id>/opnieuw                     in      -   -    -    -     -   -    303 -      in
GET    /healthz                                    200     200 200  200  200   200 200  200 200    200
GET    /static/<name>                              200     200 200  200  200   200 200  200 200    200
GET    /plotly-<release>.js                        200     200 200  200  200   200 200  200 200    200
GET    /plotly-<release>.css                       200     200 200  200  200   200 200  200 200    200
"""


class Line(NamedTuple):
    """One line of the table."""

    method: str
    address: str
    cells: dict[str, str]


def lines() -> list[Line]:
    """The table, line by line."""
    head, *rows = (row.split() for row in TABLE.strip().splitlines())
    return [
        Line(method, address, dict(zip(head[2:], cells, strict=True))) for method, address, *cells in rows
    ]
