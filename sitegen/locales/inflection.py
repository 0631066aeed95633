"""Which words are forms of one word, roughly: what may follow the part that two of them share.

`Крушевац` and `Крушевца` share `krusev`; `ac` and `ca` are both endings of Serbian, so one finds the other. A form is
only ever ranked below the word as it was typed, so a list may be generous. Everything is in folded letters
(see `folding`). Languages without a list make do with a rule of the search itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.locales.language import language_of


@dataclass(frozen=True, slots=True)
class Inflection:
    """`endings`: all that may follow the common part (nothing may, too). `changes`: pairs of consonants that stand for
    each other before an ending, such as Finnish `nt` and `nn` (`kunta`, `kunnan`), written `tn`."""

    endings: tuple[str, ...]
    changes: tuple[str, ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(sorted(set(text.split())))


def _after_vowels(endings: str, vowels: str) -> str:
    """Every ending, alone and after each vowel, and the vowels themselves."""
    found = endings.split()
    return " ".join([*vowels, *found, *(vowel + ending for vowel in vowels for ending in found)])


_SOUTH_SLAVIC = Inflection(
    _words(
        "a e i o u om em ama ima ma oj og ega eg omu emu im ih imi ju lju "
        "ov ova ove ovi ovu ovo ovim ovih ovog ovom ev eva eve evi ovima evima ina ine ini inu "
        "ac ca cu ce ci cem aca cima ak ka ku ke ki kom kama ko kih kim koj kog an na ne ni no nu nih nim nog noj nom "
        "ar ra ru re ri rom rima ost osti oscu ti m s mo te la lo li le o ao"
    ),
    ("kc", "kč", "gz", "hs", "cc"),
)
_FINNISH = Inflection(
    _words(
        _after_vowels(
            "n t a ta tta ssa sta lla lta lle na ksi en in iin an on un hin han hon seen i ien jen ten iden itten ja "
            "ia ita issa ista illa ilta ille ina iksi ni si nsa mme nne ssaan staan lleen",
            "aeiouy",
        )
        + " nen sen seen sta ssa sia sissa sille siin set sten us uden utta uksen ukset uksia uus"
    ),
    ("tn", "td", "pv", "tl", "tr", "pm", "kg"),
)
_SWEDISH = Inflection(_words("a e en et ar or er n s na orna arna erna ens ets as ers t de des are aren"))

_KNOWN: Mapping[str, Inflection] = {
    "sr": _SOUTH_SLAVIC,
    "hr": _SOUTH_SLAVIC,
    "bs": _SOUTH_SLAVIC,
    "cnr": _SOUTH_SLAVIC,
    "sl": _SOUTH_SLAVIC,
    "mk": Inflection(_words("a e i o ot ta to te ov va vo ve ite ovi i na ni no en ec ci ska ski sko")),
    "pl": Inflection(
        _words(
            "a e i o u y ow om ami ach ech em ie owi owie iem ia iu io iom iami iach ego emu ym ymi ych im imi ich ej "
            "ek ka ki ku kiem kach kom kami ce cie cia ciu ca cy cow cami cach ec cem niec nca ncy nie nia niu ni "
            "niach ski ska skie skiego skiej skim skich ny na ne nego nej nym nych c l la li lo ly"
        ),
        ("kc", "rz", "td"),
    ),
    "cs": Inflection(_words("a e i o u y em ovi ove u um ami ech ich ach imi eho emu ym ych ou ni ne ek ku ky ka ce")),
    "sk": Inflection(_words("a e i o u y om ovi ovia ov am ami och ach ich imi eho emu ym ych ou ej ek ku ky ka ce")),
    "fi": _FINNISH,
    "et": Inflection(_words(_after_vowels("d t s st sse l lt le na ni ta ga te de id ks", "aeiou"))),
    "sv": _SWEDISH,
    "da": _SWEDISH,
    "no": _SWEDISH,
    "nb": _SWEDISH,
    "nn": _SWEDISH,
    "en": Inflection(_words("s es ed d ing e er ers y ies ied ly al")),
    "de": Inflection(_words("e en er es em n s ern ens nen in innen t te ten st")),
    "nl": Inflection(_words("e en s n t je jes er ers de te den ten")),
    "fr": Inflection(_words("s e es x l ux al aux er ers ere eres ee ees if ive ifs ives")),
    "es": Inflection(_words("s es a o as os e al ales on ones ar er ir")),
    "pt": Inflection(_words("s es a o as os e al ais ao oes r m")),
    "it": Inflection(_words("a e i o he hi io ia ie re le li")),
    "ro": Inflection(_words("a e i o u ul ului ei ii le lor uri urile ilor elor ea ele ale")),
    "hu": Inflection(
        _words(
            _after_vowels(
                "k t n m d nak nek ban ben ba be bol rol tol val vel hoz hez ra re ert ig i s jai jei", "aeiou"
            )
        )
    ),
    "lt": Inflection(_words("a e i o u as is us ys ai iai iu u ui es os ams oms ius us yje uose ose eje oje iui iam")),
    "lv": Inflection(_words("a e i o u s is us as es ai ei am em iem im um ij aj os es is ie as iem")),
    "bg": Inflection(_words("a e i o u at ut ta to te ite ove a ia iat ata ite ni na no en")),
    "uk": Inflection(_words("a e i o u y iu ia ie am iam amy akh iakh om em ovi evi iv oho omu ii ykh ym ymy yi")),
    "el": Inflection(_words("α ασ ε εσ η ησ ι ο οσ ου ουσ ων οι εισ εων")),
    "sq": Inflection(_words("a e i u t s n te ve t it in et at es ut un esh")),
    "tr": Inflection(
        _words(_after_vowels("n m k lar ler da de dan den ta te tan ten nda nde nin nun i si su lik", "aeiou"))
    ),
}


def inflection_of(tag: str) -> Inflection | None:
    """What is known of a language's endings, or None."""
    return _KNOWN.get(language_of(tag))
