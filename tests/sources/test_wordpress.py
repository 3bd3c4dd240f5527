from __future__ import annotations

import datetime as dt
import json

import pytest

from factcheck.sources import read

LEAD = "The lock at Harrow Weir will stay shut until Easter, the canal trust said on Monday."


def post(content: str = f"<p>{LEAD}</p>", **more: object) -> dict[str, object]:
    return {"id": 1, "date": "2026-02-03T07:00:00", "link": "https://www.canal.example/1",
            "title": {"rendered": "Boats &#8216;wait&#8217;"},
            "content": {"rendered": content, "protected": False}, "excerpt": {"rendered": "<p>Not read.</p>"}, **more}  # fmt: skip


def test_a_post_without_ads(one, kinds):
    content = (
        "<div style='width:300px'><!-- ad --><script>x()</script><ins class='z' data-zoneid='1'>Buy!</ins></div><div>"
        "<p><em><small>Boats at the weir &#8211; Copyright A-B/AFP &#8211;</small></em></p>"
        "<p><em>Ada Merrow with Jo Lind in Harrow</em></p>"
        f"<p>{LEAD}</p><p>&#8211; &#8216;A bad year&#8217; &#8211;</p><p>&ldquo;We wait,&rdquo; she said.</p></div>"
        "<p><a href='/tip'>Do you know more? Tell us!</a></p><p>This post may contain affiliate links.</p>"
        "<iframe src='x'>No</iframe><br /> Boats &#8216;wait&#8217;<br /><br />#Boats #wait"
    )
    article = one("p.json", json.dumps(post(content)))
    assert kinds(article) == [
        ("heading", "Boats ‘wait’"),
        ("caption", "Boats at the weir – Copyright A-B/AFP –"),
        ("byline", "Ada Merrow with Jo Lind in Harrow"),
        ("paragraph", LEAD),
        ("heading", "– ‘A bad year’ –"),
        ("paragraph", "“We wait,” she said."),
        ("boilerplate", "Do you know more? Tell us!"),
        ("boilerplate", "This post may contain affiliate links."),
        ("boilerplate", "#Boats #wait"),
    ]
    assert (article.title, article.outlet, article.date) == ("Boats ‘wait’", "canal.example", dt.date(2026, 2, 3))
    assert (article.kind, article.url) == ("wordpress", "https://www.canal.example/1")


def test_outlet_by_name_and_date_in_gmt_as_fallback(one):
    article = one(
        "p.json", json.dumps(post(yoast_head_json={"og_site_name": "Canal &amp; Lock"}, date=None, date_gmt="2026-02-04T00:00:00"))
    )
    assert (article.outlet, article.date) == ("Canal & Lock", dt.date(2026, 2, 4))


def test_a_list_holds_several_articles_and_says_what_it_left_out():
    locked = {**post(), "content": {"rendered": "", "protected": True}}
    first, second = read("p.json", json.dumps([post(), locked, post("<p>Boats move again.</p>")]).encode())
    assert "1 of 3 entries" in first.notes[0]
    assert second.text.endswith("Boats move again.")


def test_a_protected_post_is_an_error(refused):
    data = json.dumps({**post(), "content": {"rendered": "", "protected": True}}).encode()
    assert "password" in refused("E109", "p.json", data).problem


@pytest.mark.parametrize("key", ["text", "body", "content"])
def test_plain_article_objects(one, kinds, key):
    article = one("p.json", json.dumps({"title": "Boats wait", key: f"{LEAD}\n\nBoats wait.", "outlet": "Canal Eye", "date": "2026-02-03"}))
    assert (article.kind, article.title, article.outlet, article.date) == ("json", "Boats wait", "Canal Eye", dt.date(2026, 2, 3))
    assert kinds(article) == [("heading", "Boats wait"), ("paragraph", LEAD), ("paragraph", "Boats wait.")]


def test_markup_in_a_plain_object_is_markup(one, kinds):
    article = one("p.json", json.dumps({"title": "Boats", "body": f"<p>{LEAD}</p><p>5 &lt; 6.</p>", "source": {"name": "Canal Eye"}}))
    assert kinds(article)[1:] == [("paragraph", LEAD), ("paragraph", "5 < 6.")]
    assert article.outlet == "Canal Eye"


def test_hostile_strings_in_an_article_object(one):
    article = one("p.json", '{"title": "A\\u0000\\ud800", "text": "' + LEAD + ' \\udfff", "url": "javascript:alert(1)", "date": 5}')
    assert "\0" not in article.text
    assert article.url is None


@pytest.mark.parametrize(
    "data",
    ["{}", "[]", "1", "null", '"text"', '{"cluster": "x", "claims": []}', '[{"a": 1}]', '{"text": "alone"}',
     '{"title": "t", "text": 5}', "{",
     '{"title": "t", "text": NaN}', "[" * 100_000,
     '{"a": ' + "1" * 10_000 + "}", "Infinity", '{"content": {"rendered": 5}}', "<html>"],
)  # fmt: skip
def test_json_that_is_no_article(refused, data):
    error = refused("E107", "p.json", data.encode())
    assert "content.rendered" in error.step
    assert len(str(error)) < 500
