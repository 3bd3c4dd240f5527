"""What stands around the articles: the outcome and what limits it, filters, contents, and the particulars of the run."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.reports.page.markup import Markup, element, heard, sign
from factcheck.reports.phrases import SIGNS, counted
from factcheck.reports.summary import Summary
from factcheck.reports.telling import all_clear, set_aside, share
from factcheck.reports.wording import MEANING
from factcheck.types import ALARMS, VERDICTS, Report


def headline(summary: Summary) -> str:
    """The outcome in a line."""
    if not summary.claims:
        return "No claim was checked: this report clears nothing"
    if not summary.alarms:
        return all_clear(summary)
    told = [f"{summary.verdicts[v]} {v}" for v in ALARMS if summary.verdicts[v]]
    return f"{' and '.join(told)}, of {counted(summary.claims, 'claim')}"


def header(report: Report, summary: Summary) -> Markup:
    """The outcome, what was read, and which model judged."""
    checked = counted(summary.articles - summary.sources_only, "article").split()
    figures = [(checked[0], f"{checked[1]} checked")]
    if summary.sources_only:
        figures.append((str(summary.sources_only), "more as source"))
    if report.origins:
        figures.append((str(report.origins), "independent origins" if report.origins > 1 else "independent origin"))
    figures += [(str(summary.claims), "claims" if summary.claims != 1 else "claim"), (share(summary.checked), "of the text checked")]
    figures += [(count, what) for count, what in map(str.split, set_aside(summary))]
    return element(
        "header",
        element(
            "p", element("b", "factcheck"), f" {report.version} · model {report.model.name} ({report.model.precision})", class_="product"
        ),
        element("h1", headline(summary)),
        element("ul", *(element("li", element("b", n), " ", what) for n, what in figures), class_="figures"),
    )


def troubles(report: Report) -> Markup | None:
    """Inputs that failed and notes on the run: before the findings, since they limit what these mean."""
    failures = [
        element("li", element("b", f.path), " ", element("code", f.code), " ", f.problem, element("p", sign("→ "), f.step))
        for f in report.failures
    ]
    parts = []
    if failures:
        parts += [element("h2", f"{counted(len(failures), 'input')} could not be used"), element("ul", *failures, class_="failures")]
    if report.notes:
        parts.append(element("ul", *(element("li", note) for note in report.notes), class_="notes"))
    return element("section", *parts, class_="troubles", aria_label="What limits this report") if parts else None


def filters(report: Report, summary: Summary) -> Markup:
    """Verdicts with their counts, which are the key to the signs too; what needs a script stays hidden without one."""
    boxes = [_choice(f"show-{v}", sign(SIGNS[v]), f" {count} {v}", class_=v, title=MEANING[v]) for v, count in summary.verdicts.items()]
    sources = [element("option", "all sources", value="")]
    sources += [element("option", a.article.name, value=n) for n, a in enumerate(report.articles, start=1)]
    scripted = element(
        "div",
        element("label", heard("Show findings with evidence from "), element("select", *sources, id="source"), class_="choice"),
        _choice("list-all", "list all", checked=False),
        _choice("keys", "keys j, k"),
        element("button", sign("↑"), heard("Previous alarm"), type="button", id="previous", title="Previous alarm (k)"),
        element("button", sign("↓"), " Next alarm", type="button", id="next", title="Next alarm (j)"),
        element("output", id="shown", class_="heard", role="status"),
        class_="scripted-only",
    )
    verdicts = element("fieldset", element("legend", "Show", class_="heard"), *boxes)
    return element("div", verdicts, scripted, class_="filters", role="group", aria_label="Filters")


def contents(report: Report, sections: Sequence[tuple[str, str]]) -> Markup:
    """Links to the sections that there are, and to every article."""
    articles = [(f"article-{n}", a.article.name) for n, a in enumerate(report.articles, start=1)]
    return element("nav", *(element("a", name, href=f"#{key}") for key, name in [*sections, *articles]), aria_label="Contents")


def particulars(report: Report) -> Markup:
    """Model, settings, files passed over, and how to read the signs."""
    model = report.model
    facts = [("Model", model.name), ("Weights (SHA-256)", model.sha256), ("Precision", model.precision)]
    facts += [(name.replace("_", " "), str(value)) for name, value in sorted(report.settings.items())]
    pairs = element("dl", *(element("div", element("dt", k), element("dd", v)) for k, v in facts))
    run = element("details", element("summary", "Model and settings of this run"), pairs)
    passed = None
    if report.passed_over:
        head = element("summary", f"{counted(len(report.passed_over), 'file')} passed over as no article")
        passed = element("details", head, element("ul", *(element("li", p) for p in report.passed_over)))
    key = element("dl", *(element("div", element("dt", sign(SIGNS[v]), " ", v), element("dd", MEANING[v])) for v in VERDICTS))
    keys = "Enter on a claim’s number shows its finding, Escape goes back to the text; j and k go to the next and the previous alarm."
    how = element("details", element("summary", "How to read this page"), key, element("p", keys, class_="scripted-only"))
    return element("footer", how, run, passed)


def _choice(name: str, *label: str, checked: bool = True, class_: str = "", title: str | None = None) -> Markup:
    box = element("input", type="checkbox", id=name, checked=checked, autocomplete="off")
    return element("label", box, element("span", *label), class_=f"choice {class_}".rstrip(), title=title)
