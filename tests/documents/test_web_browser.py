"""The web page in headless Chromium: what a reader sees, clicks and types."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import few
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from dlnproof.claims import CLAIMS
from dlnproof.documents.site.site import site
from dlnproof.files.tree import OutputTree
from dlnproof.record.record import Record

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if (CHROMIUM is None or DRIVER is None) and not os.environ.get("DLNPROOF_REQUIRE_CHROMIUM"):
    pytest.skip("chromium and chromedriver are not installed", allow_module_level=True)

FIGURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">'
    b'<circle cx="25" cy="25" r="20"/></svg>'
)
PHONE, DESK = 360, 1280
CHECKED = ("index", "volume-form", "norm-divergence", "orbit-volume", "diagonal-3x3")


@pytest.fixture(scope="module")
def root(whole_record: Record, tmp_path_factory: pytest.TempPathFactory) -> str:
    target = tmp_path_factory.mktemp("web") / "site"
    OutputTree(target).write(site(whole_record, {"norms": FIGURE, "outcomes-3x3": FIGURE}))
    return target.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    assert CHROMIUM is not None, "DLNPROOF_REQUIRE_CHROMIUM is set"
    assert DRIVER is not None
    options = Options()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


def show(browser: webdriver.Chrome, url: str, width: int = DESK, *, dark: bool = False) -> None:
    screen = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width == PHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    browser.get(url)
    browser.execute_script("document.querySelectorAll('details').forEach(x => { x.open = true })")


def logged(browser: webdriver.Chrome, kind: str) -> list[dict[str, str]]:
    """What the browser logged since the last time."""
    entries: list[dict[str, str]] = browser.get_log(kind)  # type: ignore[no-untyped-call]
    return entries


def page_of(root: str, name: str) -> str:
    return f"{root}/index.html" if name == "index" else f"{root}/claims/{name}.html"


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("name", few(["index", *CLAIMS]))
def test_mathematics_is_seen_and_no_page_is_wider_than_the_screen(
    browser: webdriver.Chrome, root: str, name: str, width: int
) -> None:
    show(browser, page_of(root, name), width)
    sizes = browser.execute_script(
        "return [...document.querySelectorAll('math')].map(x => {"
        "  const r = x.getBoundingClientRect(); return [r.width, r.height, x.textContent] })"
    )
    assert sizes
    assert [text for w, h, text in sizes if w < 2 or h < 4] == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", CHECKED)
def test_nothing_is_complained_of_and_nothing_requested(
    browser: webdriver.Chrome, root: str, name: str
) -> None:
    logged(browser, "browser")
    logged(browser, "performance")
    show(browser, page_of(root, name))
    browser.execute_script("window.scrollTo(0, document.body.scrollHeight)")
    assert logged(browser, "browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in logged(browser, "performance")]
    urls = [
        m["params"]["request"]["url"]
        for m in messages
        if m["method"] == "Network.requestWillBeSent"
    ]
    assert len(urls) >= 2
    assert [url for url in urls if not url.startswith((root, "data:"))] == []


def test_figures_are_loaded(browser: webdriver.Chrome, root: str) -> None:
    show(browser, page_of(root, "norm-divergence"))
    browser.execute_script(
        "document.querySelectorAll('img').forEach(x => x.scrollIntoView({behavior: 'instant'}))"
    )
    images = browser.find_elements(By.TAG_NAME, "img")
    assert len(images) == 1
    done = "const x = arguments[0], d = arguments[1]; x.decode().then(() => d(x.naturalWidth))"
    assert browser.execute_async_script(done, images[0]) == 100


def visible_claims(browser: webdriver.Chrome) -> list[str]:
    claims = browser.find_elements(By.CSS_SELECTOR, "#claim-list > li")
    return [str(c.get_attribute("data-claim")) for c in claims if c.is_displayed()]


def test_search_filters_by_words_and_says_how_many(browser: webdriver.Chrome, root: str) -> None:
    show(browser, page_of(root, "index"))
    assert visible_claims(browser) == list(CLAIMS)
    box = browser.find_element(By.ID, "search")
    box.send_keys("orbit volume")
    found = visible_claims(browser)
    assert "orbit-volume" in found
    assert "balancedness" not in found
    told = browser.find_element(By.ID, "found")
    assert told.text == f"{len(found)} of {len(CLAIMS)} claims"
    assert told.get_attribute("aria-live") == "polite"
    box.send_keys(Keys.ENTER)  # must not leave the page
    assert visible_claims(browser) == found
    box.clear()
    box.send_keys("OBSERVED training")
    assert "rank-one-minimizers" in visible_claims(browser)
    box.send_keys(" zebra")
    assert visible_claims(browser) == []
    box.send_keys(Keys.CONTROL, "a")
    box.send_keys(Keys.DELETE)
    assert visible_claims(browser) == list(CLAIMS)
    assert told.text == ""


def test_without_script_every_claim_is_shown_and_no_dead_box(
    browser: webdriver.Chrome, root: str
) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(page_of(root, "index"))
        assert visible_claims(browser) == list(CLAIMS)
        assert not browser.find_element(By.ID, "search").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_graph_is_walked_with_the_keyboard(browser: webdriver.Chrome, root: str) -> None:
    show(browser, page_of(root, "index"))
    seen: list[str] = []
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "Skip to the text"
    for _ in range(2 * len(CLAIMS)):
        active = browser.switch_to.active_element
        claim = active.get_attribute("data-claim")
        if claim is not None:
            seen.append(claim)
            width = browser.execute_script(
                "return getComputedStyle(arguments[0].querySelector('.outline')).strokeWidth",
                active,
            )
            assert width == "5px"
            if claim == "volume-form":
                break
        active.send_keys(Keys.TAB)
    assert seen[0] == "balancedness"
    assert seen[-1] == "volume-form"
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.current_url == page_of(root, "volume-form")
    assert browser.find_element(By.TAG_NAME, "h1").text == CLAIMS["volume-form"].title


def test_the_skip_link_leads_to_the_text(browser: webdriver.Chrome, root: str) -> None:
    show(browser, page_of(root, "coarea"))
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    link = browser.switch_to.active_element
    assert link.is_displayed()
    link.send_keys(Keys.ENTER)
    assert browser.switch_to.active_element.tag_name == "main"


def test_links_are_followed(browser: webdriver.Chrome, root: str) -> None:
    show(browser, page_of(root, "index"))
    browser.find_element(By.LINK_TEXT, CLAIMS["coarea"].title).click()
    assert browser.current_url == page_of(root, "coarea")
    browser.find_element(By.LINK_TEXT, CLAIMS["svd-jacobian"].title).click()
    assert browser.current_url == page_of(root, "svd-jacobian")
    browser.find_element(By.CSS_SELECTOR, "a[href='../index.html']").click()
    assert browser.current_url == page_of(root, "index")


def test_every_node_of_the_graph_can_be_clicked(browser: webdriver.Chrome, root: str) -> None:
    show(browser, page_of(root, "index"))
    node = browser.find_element(By.CSS_SELECTOR, "a.node[data-claim='infinite-depth']")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", node)
    node.click()
    assert browser.current_url == page_of(root, "infinite-depth")


def test_a_phone_shows_the_middle_of_the_graph(browser: webdriver.Chrome, root: str) -> None:
    show(browser, page_of(root, "index"), PHONE)
    left, right, whole = browser.execute_script(
        "const b = document.querySelector('.graph-box');"
        "return [b.scrollLeft, b.scrollWidth - b.clientWidth - b.scrollLeft, b.scrollWidth]"
    )
    assert whole > PHONE
    assert abs(left - right) <= 2


def test_titles_fit_into_their_nodes(browser: webdriver.Chrome, root: str) -> None:
    show(browser, page_of(root, "index"))
    spilling = browser.execute_script(
        "return [...document.querySelectorAll('.graph .node')].filter(node => {"
        "  const box = node.querySelector('.outline').getBBox();"
        "  return [...node.querySelectorAll('text')].some(text => {"
        "    const b = text.getBBox();"
        "    return b.x + b.width > box.width || b.y + b.height > box.height })"
        "}).map(node => node.textContent)"
    )
    assert spilling == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_dark_and_light(browser: webdriver.Chrome, root: str, dark: bool) -> None:
    show(browser, page_of(root, "volume-form"), dark=dark)
    paper, ink, math = browser.execute_script(
        "const c = x => getComputedStyle(x);"
        "return [c(document.body).backgroundColor, c(document.body).color,"
        "        c(document.querySelector('math')).color]"
    )
    assert (paper == "rgb(255, 255, 255)") is not dark
    assert math == ink != paper


@pytest.mark.parametrize("name", CHECKED)
def test_wide_formulas_scroll_and_nothing_is_cut_off(
    browser: webdriver.Chrome, root: str, name: str
) -> None:
    show(browser, page_of(root, name), PHONE)
    boxes = browser.execute_script(
        "return [...document.querySelectorAll('main *')]"
        ".filter(x => getComputedStyle(x).overflowY === 'hidden')"
        ".map(x => [x.scrollWidth, x.clientWidth, x.scrollHeight, x.clientHeight, x.textContent])"
    )
    assert [b for b in boxes if b[2] > b[3] + 1] == []
    assert name != "norm-divergence" or any(b[0] > b[1] for b in boxes)


def test_a_page_prints_nothing_of_a_machine(root: str) -> None:
    folder = Path(root.removeprefix("file://"))
    for page in folder.rglob("*.html"):
        assert str(folder) not in page.read_text()
