"""Neutral text in four languages, sentence by sentence in parallel, so that every variant says the same.

`{n}` and `{m}` are numbers of the page, `{name}` its name. Latin Serbian is derived, see `latin`.
"""

from __future__ import annotations

LANGUAGES = ("en", "sr", "sr-latn", "pl", "fi")
WRITTEN = ("en", "sr", "pl", "fi")

Parallel = dict[str, str]


def _parallel(en: str, sr: str, pl: str, fi: str) -> Parallel:
    return {"en": en, "sr": sr, "pl": pl, "fi": fi, "sr-latn": latin(sr)}


_LATIN = dict(
    zip(
        "абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ",
        [
            *("a", "b", "v", "g", "d", "đ", "e", "ž", "z", "i", "j", "k", "l", "lj", "m", "n", "nj", "o", "p", "r"),
            *("s", "t", "ć", "u", "f", "h", "c", "č", "dž", "š"),
            *("A", "B", "V", "G", "D", "Đ", "E", "Ž", "Z", "I", "J", "K", "L", "Lj", "M", "N", "Nj", "O", "P", "R"),
            *("S", "T", "Ć", "U", "F", "H", "C", "Č", "Dž", "Š"),
        ],
        strict=True,
    )
)


def latin(text: str) -> str:
    """Serbian in Latin script; the texts here have no word in capitals."""
    return "".join(_LATIN.get(character, character) for character in text)


SENTENCES: tuple[Parallel, ...] = (
    _parallel(
        "The group keeps an office that is open on {n} days a month, and its advice is free of charge for everyone.",
        "Група има канцеларију која ради {n} дана месечно, а њени савети су бесплатни за све.",
        "Grupa prowadzi biuro czynne {n} dni w miesiącu, a jej porady są bezpłatne dla wszystkich.",
        "Ryhmällä on toimisto, joka on auki {n} päivänä kuussa, ja sen neuvonta on kaikille maksutonta.",
    ),
    _parallel(
        "Meetings are held in village halls, so that nobody has to travel for more than {n} minutes.",
        "Састанци се одржавају у сеоским домовима, тако да нико не путује дуже од {n} минута.",
        "Spotkania odbywają się w wiejskich świetlicach, aby nikt nie musiał jechać dłużej niż {n} minut.",
        "Kokoukset pidetään kylätaloissa, jotta kenenkään ei tarvitse matkustaa yli {n} minuuttia.",
    ),
    _parallel(
        "Farmers, teachers and small firms work together here, and {n} of them sit in one of the working groups.",
        "Пољопривредници, учитељи и мале фирме овде раде заједно, а {n} њих је у некој од радних група.",
        "Rolnicy, nauczyciele i małe firmy pracują tu razem, a {n} z nich należy do jednej z grup roboczych.",
        "Viljelijät, opettajat ja pienet yritykset toimivat täällä yhdessä, ja {n} heistä on mukana työryhmissä.",
    ),
    _parallel(
        "Last year it answered {n} questions and visited {m} projects on the spot.",
        "Прошле године одговорила је на {n} питања и обишла {m} пројеката на терену.",
        "W zeszłym roku odpowiedziała na {n} pytań i odwiedziła {m} projektów na miejscu.",
        "Viime vuonna se vastasi {n} kysymykseen ja kävi paikan päällä {m} hankkeessa.",
    ),
    _parallel(
        "Every decision is taken by the board in an open meeting, and the minutes are published within {m} days.",
        "Сваку одлуку доноси одбор на отвореном састанку, а записник се објављује у року од {m} дана.",
        "Każdą decyzję podejmuje zarząd na otwartym zebraniu, a protokół jest publikowany w ciągu {m} dni.",
        "Jokaisen päätöksen tekee hallitus avoimessa kokouksessa, ja pöytäkirja julkaistaan {m} päivän kuluessa.",
    ),
    _parallel(
        "Small grants of up to {n} euro help with the first steps of an idea.",
        "Мала средства до {n} евра помажу код првих корака једне идеје.",
        "Małe granty do {n} euro pomagają w pierwszych krokach pomysłu.",
        "Pienet avustukset, enintään {n} euroa, auttavat idean ensiaskelissa.",
    ),
    _parallel(
        "Whoever plans something new is asked to call first, since a short talk saves {m} weeks of work later.",
        "Ко планира нешто ново, нека прво позове, јер кратак разговор штеди {m} недеља рада касније.",
        "Kto planuje coś nowego, niech najpierw zadzwoni, bo krótka rozmowa oszczędza {m} tygodni pracy.",
        "Uutta suunnittelevan kannattaa ensin soittaa, sillä lyhyt keskustelu säästää {m} viikkoa työtä.",
    ),
    _parallel(
        "Often there is a neighbour who has done something similar and is glad to show it.",
        "Често постоји сусед који је урадио нешто слично и радо то покаже.",
        "Często jest sąsiad, który zrobił coś podobnego i chętnie to pokaże.",
        "Usein joku naapuri on tehnyt jotain vastaavaa ja esittelee sitä mielellään.",
    ),
    _parallel(
        "Young people have a fund of their own, about which {m} of them decide every spring.",
        "Млади имају свој фонд, о коме сваког пролећа одлучује њих {m}.",
        "Młodzi mają własny fundusz, o którym każdej wiosny decyduje {m} osób.",
        "Nuorilla on oma rahasto, josta {m} heistä päättää joka kevät.",
    ),
    _parallel(
        "The old school is now a place for courses, concerts and repairs, with {m} rooms and a kitchen.",
        "Стара школа је сада место за курсеве, концерте и поправке, са {m} соба и кухињом.",
        "Stara szkoła jest teraz miejscem kursów, koncertów i napraw, z {m} salami i kuchnią.",
        "Vanha koulu on nyt kurssien, konserttien ja korjaustöiden paikka, jossa on {m} huonetta ja keittiö.",
    ),
    _parallel(
        "Paths along the river were marked over {n} kilometres, together with the people who own the land.",
        "Стазе дуж реке обележене су у дужини од {n} километара, заједно са власницима земље.",
        "Szlaki wzdłuż rzeki oznakowano na długości {n} kilometrów, razem z właścicielami ziemi.",
        "Joenvarren polut merkittiin {n} kilometrin matkalta yhdessä maanomistajien kanssa.",
    ),
    _parallel(
        "Everyone may read the strategy, copy it and ask what a word in it means.",
        "Свако може да чита стратегију, да је умножи и да пита шта нека реч у њој значи.",
        "Każdy może czytać strategię, kopiować ją i pytać, co znaczy jakieś słowo.",
        "Jokainen saa lukea strategian, kopioida sen ja kysyä, mitä jokin sana tarkoittaa.",
    ),
    _parallel(
        "In {name} the library bus stops at {m} places and stays for an hour at each.",
        "У области {name} библиобус стаје на {m} места и остаје на сваком по сат времена.",
        "W obszarze {name} bibliobus zatrzymuje się w {m} miejscach i stoi w każdym godzinę.",
        "Alueella {name} kirjastoauto pysähtyy {m} paikassa ja viipyy kussakin tunnin.",
    ),
    _parallel(
        "Money comes from several sources, and {n} percent of it goes to villages with fewer than a hundred homes.",
        "Новац долази из више извора, а {n} одсто иде селима са мање од сто домова.",
        "Pieniądze pochodzą z kilku źródeł, a {n} procent trafia do wsi mających mniej niż sto domów.",
        "Raha tulee useasta lähteestä, ja {n} prosenttia siitä menee kyliin, joissa on alle sata taloa.",
    ),
)

ITEMS: tuple[Parallel, ...] = (
    _parallel("Grants for **village halls** and paths", "Средства за **сеоске домове** и стазе",
              "Granty na **świetlice wiejskie** i ścieżki", "Avustuksia **kylätaloille** ja poluille"),
    _parallel("Advice on applications and *reports*", "Савети о пријавама и *извештајима*",
              "Porady o wnioskach i *sprawozdaniach*", "Neuvontaa hakemuksista ja *raporteista*"),
    _parallel("Courses for those who return", "Курсеви за оне који се враћају",
              "Kursy dla tych, którzy wracają", "Kursseja paluumuuttajille"),
    _parallel("A yearly fair with local food", "Годишњи сајам са домаћом храном",
              "Doroczny jarmark z lokalną żywnością", "Vuosittaiset lähiruokamarkkinat"),
    _parallel("Tools to borrow for a *weekend*", "Алат на позајмицу за *викенд*",
              "Narzędzia do wypożyczenia na *weekend*", "Työkaluja lainaksi *viikonlopuksi*"),
    _parallel("Rides to the **health centre**", "Превоз до **дома здравља**",
              "Przejazdy do **ośrodka zdrowia**", "Kyytejä **terveyskeskukseen**"),
)  # fmt: skip

HEADINGS = (
    _parallel("What the group does", "Шта група ради", "Co robi grupa", "Mitä ryhmä tekee"),
    _parallel("Figures of the last period", "Бројеви из прошлог периода", "Liczby z ostatniego okresu",
              "Viime kauden lukuja"),
)  # fmt: skip
THEMES = (
    _parallel("Villages", "Села", "Wsie", "Kylät"),
    _parallel("Nature", "Природа", "Przyroda", "Luonto"),
    _parallel("Youth", "Млади", "Młodzież", "Nuoret"),
    _parallel("Firms", "Фирме", "Firmy", "Yritykset"),
)
COLUMNS = (
    _parallel("Theme", "Тема", "Temat", "Teema"),
    _parallel("Projects", "Пројекти", "Projekty", "Hankkeet"),
    _parallel("Budget", "Буџет", "Budżet", "Budjetti"),
)
NAME = _parallel("Group {number} of the {place}", "Група {number} {place}", "Grupa {number} {place}",
                 "Ryhmä {number}, {place}")  # fmt: skip
PLACES = (
    _parallel("valley", "из долине", "z doliny", "laakso"),
    _parallel("lake", "са језера", "znad jeziora", "järvi"),
    _parallel("hills", "са брда", "ze wzgórz", "mäet"),
    _parallel("plain", "из равнице", "z równiny", "lakeus"),
)
SUMMARY = _parallel("People of {n} villages working together.", "Људи из {n} села који раде заједно.",
                    "Ludzie z {n} wsi pracujący razem.", "Ihmisiä {n} kylästä yhteisellä asialla.")  # fmt: skip
REGION = (
    _parallel("North", "Север", "Północ", "Pohjoinen"),
    _parallel("South", "Југ", "Południe", "Etelä"),
)
LINKS = _parallel(
    "See the [neighbouring group]({neighbour}), the [list of all groups]({directory}) and the "
    "[handbook](https://handbook.example/{n}).",
    "Погледајте [суседну групу]({neighbour}), [списак свих група]({directory}) и "
    "[приручник](https://handbook.example/{n}).",
    "Zobacz [sąsiednią grupę]({neighbour}), [listę wszystkich grup]({directory}) i "
    "[poradnik](https://handbook.example/{n}).",
    "Katso [naapuriryhmä]({neighbour}), [luettelo kaikista ryhmistä]({directory}) ja "
    "[käsikirja](https://handbook.example/{n}).",
)
IMAGE = _parallel("A meadow beside a lake", "Ливада поред језера", "Łąka nad jeziorem", "Niitty järven rannalla")
LABELS = {
    "site": _parallel("Network of groups", "Мрежа група", "Sieć grup", "Ryhmien verkosto"),
    "description": _parallel("Groups and what they do.", "Групе и шта раде.", "Grupy i co robią.",
                             "Ryhmät ja mitä ne tekevät."),
    "home": _parallel("Home", "Почетна", "Strona główna", "Etusivu"),
    "about": _parallel("About", "О мрежи", "O sieci", "Tietoa"),
    "groups": _parallel("All groups", "Све групе", "Wszystkie grupy", "Kaikki ryhmät"),
    "code": _parallel("Code", "Шифра", "Kod", "Tunnus"),
    "region": _parallel("Region", "Регион", "Region", "Alue"),
    "population": _parallel("Inhabitants", "Становника", "Mieszkańcy", "Asukkaita"),
    "founded": _parallel("Founded", "Основана", "Założona", "Perustettu"),
    "skip": _parallel("Skip to content", "На садржај", "Przejdź do treści", "Siirry sisältöön"),
    "menu": _parallel("Main menu", "Главни мени", "Menu główne", "Päävalikko"),
    "languages": _parallel("Languages", "Језици", "Języki", "Kielet"),
    "disclaimer": _parallel(
        "This is a made-up site for measuring. The contents are the sole responsibility of its generator.",
        "Ово је измишљен сајт за мерење. За садржај одговара искључиво његов генератор.",
        "To jest zmyślona strona do pomiarów. Za treść odpowiada wyłącznie jej generator.",
        "Tämä on mittaamista varten keksitty sivusto. Sisällöstä vastaa yksin sen generaattori.",
    ),
}  # fmt: skip
LANGUAGE_NAMES = {"en": "English", "sr": "Српски", "sr-latn": "Srpski", "pl": "Polski", "fi": "Suomi"}
TAGS = {"en": "en", "sr": "sr", "sr-latn": "sr-Latn", "pl": "pl", "fi": "fi"}
