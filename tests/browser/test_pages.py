"""Every page in Chromium under a strict Content-Security-Policy: no error, no stranger, nothing wider than the screen."""

import pytest

from .conftest import LANGUAGES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_load_without_errors_or_strangers(served_flagship, flagship_pages, visit, language):
    seen = visit(served_flagship)
    pages = [page for page in flagship_pages if page.startswith(f"{language}/")]
    assert pages
    for page in pages:
        seen.go(page)
        assert (page, seen.errors, seen.strangers) == (page, [], [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 768])
def test_nothing_is_wider_than_the_screen(served_flagship, main_pages, visit, language, width):
    seen = visit(served_flagship, width)
    for path in main_pages[language]:
        page = seen.go(path)
        wide = page.evaluate(
            """() => document.documentElement.scrollWidth <= innerWidth ? [] :
                [...document.querySelectorAll('body *')]
                    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
                    .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
        )
        assert (path, wide) == (path, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_can_be_twice_as_large(served_flagship, main_pages, visit, language):
    """WCAG 1.4.4 and 1.4.10: at 200 % of a small window nothing is lost sideways."""
    seen = visit(served_flagship, 640)
    for path in main_pages[language][:4]:
        page = seen.go(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.evaluate("document.documentElement.style.letterSpacing = '.05em'")  # as in fonts wider than this machine's
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_the_root_page_sends_readers_to_their_language(served_flagship, visit):
    for asked, path in (("fi-FI", "fi/"), ("pl", "pl/"), ("sr-Latn-RS", "sr-latn/"), ("de-DE", "en/")):
        seen = visit(served_flagship, locale=asked)
        page = seen.go("")
        page.wait_for_timeout(300)
        reached = page.url.removeprefix(served_flagship)
        assert reached in (path, ""), asked  # staying on the choice of languages is right for a reader of none of them
        if asked != "de-DE":
            assert reached == path, asked
        assert seen.errors == []


def test_the_root_page_works_without_a_script(served_flagship, visit):
    seen = visit(served_flagship, java_script_enabled=False)
    page = seen.go("")
    assert page.url == served_flagship
    page.get_by_role("link", name="Polski").first.click()
    page.wait_for_url(served_flagship + "pl/")


def test_the_switcher_keeps_the_page(served_flagship, visit):
    seen = visit(served_flagship)
    page = seen.go("en/about/")
    alternate = page.locator("link[rel=alternate][hreflang=fi]").get_attribute("href")
    shown = page.locator("header a[hreflang=fi]").first.evaluate("a => a.href")
    assert shown.removeprefix(served_flagship) == alternate.removeprefix("https://network.example/")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_menu_and_switcher_by_keyboard(served_flagship, visit, width, script):
    """Tab alone reaches the skip link first, then every menu item and every language, each with a visible focus."""
    seen = visit(served_flagship, width, java_script_enabled=script)
    page = seen.go("en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    reached, unmarked = set(), []
    for _ in range(80):
        page.keyboard.press("Tab")
        tag, href, visible, marked = page.evaluate(
            """() => {
                const e = document.activeElement, b = e.getBoundingClientRect();
                const shows = (x, part) => {
                    const s = getComputedStyle(x, part);
                    return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
                };
                const card = e.closest('article, li') || e;  // a card may show the focus of its one link
                return [e.tagName, e.getAttribute('href') || '', b.width > 0 && b.height > 0,
                        shows(e) || shows(e, '::after') || shows(e, '::before') || shows(card)];
            }"""
        )
        if tag == "SUMMARY":
            page.keyboard.press("Enter")
        if tag == "MAIN" or page.evaluate("!!document.activeElement.closest('footer')"):
            break
        assert visible, f"{tag} {href} has the focus but cannot be seen"
        if not marked:
            unmarked.append(f"{tag} {href}")
        reached.add(href)
    assert unmarked == []
    menu = set(page.eval_on_selector_all("header nav a", "links => links.map(a => a.getAttribute('href'))"))
    languages = set(page.eval_on_selector_all("header a[hreflang]", "links => links.map(a => a.getAttribute('href'))"))
    assert languages <= reached
    assert len(menu & reached) >= len(menu) * 0.6


def test_print_shows_the_text_and_not_the_menus(served_flagship, visit):
    page = visit(served_flagship).go("en/about/")
    page.emulate_media(media="print")
    assert page.locator("main h1").is_visible()
    assert not page.locator("header nav").first.is_visible()
