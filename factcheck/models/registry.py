"""Hub models that we know something about: which of them factcheck can use, how they name their answers, what was published on them.

Nothing here was measured by us. Every figure stands in the source named beside it; what no source says is None. A model that is not
listed can be used all the same, if its configuration names its labels.
"""

from __future__ import annotations

from dataclasses import dataclass

#: The licence of the embedded model, as its card states it.
EMBEDDED_LICENCE = "Apache-2.0"


@dataclass(frozen=True, slots=True)
class Figure:
    """One published result, in percent."""

    measure: str
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model of the Hugging Face hub.

    name: owner/name. revision: the commit that the bare name stands for, or "main" where no source states one with safetensors and a
    tokenizer.json. licence: SPDX, None if the author states none. parameters: in millions, rounded as published. megabytes: of the
    weights file, in the precision it is stored in. labels: what the outputs mean, in their order, None where no source says; used only
    if config.json does not name them. denies: whether it can say that a source denies a claim. max_tokens: premise and claim together,
    as the model was made (hub.py reads windows of at most 512). refused: why factcheck does not load it, None if it does.
    source: where the fields but the figures are from.
    """

    name: str
    revision: str
    licence: str | None
    parameters: int | None
    megabytes: int | None
    model_type: str
    labels: tuple[str, ...] | None
    denies: bool
    max_tokens: int | None
    source: str
    figures: tuple[Figure, ...] = ()
    note: str = ""
    refused: str | None = None


_CARD = "its model card"
_HUB = "its model card, configuration and file list on the hub"
_SBERT = "Sentence Transformers documentation, pretrained cross-encoders"
_AGGREFACT = "LLM-AggreFact leaderboard, threshold 0.5, mean of its 11 sets"
_MNLI_ORDER = ("entailment", "neutral", "contradiction")
_SBERT_ORDER = ("contradiction", "entailment", "neutral")
_SUPPORTED_LAST = ("not_entailment", "entailment")
_BINARY = "binary: reports no contradictions"
#: In the note of every model whose revision is "main": the bare name means what the hub holds that day.
_UNPINNED = "not pinned"

KNOWN: tuple[KnownModel, ...] = (
    KnownModel(
        name="MoritzLaurer/DeBERTa-v3-large-mnli-fever-anli-ling-wanli",
        revision="05de80a7216c05a616667f65cf61669b261314ea",
        licence="MIT",
        parameters=400,
        megabytes=870,
        model_type="deberta-v2",
        labels=_MNLI_ORDER,
        denies=True,
        max_tokens=512,
        source=_HUB + "; parameters: MiniCheck's model cards, on the same base model",
        figures=(
            Figure("accuracy MultiNLI matched", 91.2, _CARD),
            Figure("accuracy MultiNLI mismatched", 90.8, _CARD),
            Figure("accuracy ANLI", 70.2, _CARD),
            Figure("accuracy ANLI round 3", 64.0, _CARD),
            Figure("accuracy WANLI", 77.0, _CARD),
            Figure("accuracy LingNLI", 87.0, _CARD),
        ),
        note="trained on MultiNLI, FEVER-NLI, ANLI, LingNLI and WANLI",
    ),
    KnownModel(
        name="MoritzLaurer/DeBERTa-v3-base-mnli-fever-anli",
        revision="0e2603d5d3d3ef9b2910814b34eebe1a2101da65",
        licence="MIT",
        parameters=None,
        megabytes=369,
        model_type="deberta-v2",
        labels=_MNLI_ORDER,
        denies=True,
        max_tokens=512,
        source=_HUB,
        figures=(
            Figure("accuracy MultiNLI matched", 90.3, _CARD),
            Figure("accuracy MultiNLI mismatched", 90.3, _CARD),
            Figure("accuracy FEVER-NLI", 77.7, _CARD),
            Figure("accuracy ANLI", 57.9, _CARD),
            Figure("accuracy ANLI round 3", 49.5, _CARD),
        ),
    ),
    KnownModel(
        name="MoritzLaurer/ModernBERT-large-zeroshot-v2.0",
        revision="main",
        licence="Apache-2.0",
        parameters=395,
        megabytes=792,
        model_type="modernbert",
        labels=None,
        denies=False,
        max_tokens=8192,
        source=_HUB + "; parameters: ModernBERT's model card",
        figures=(
            Figure("accuracy MultiNLI matched, two labels", 94.2, _CARD),
            Figure("accuracy MultiNLI mismatched, two labels", 94.4, _CARD),
            Figure("accuracy ANLI round 3, two labels", 71.6, _CARD),
            Figure("accuracy WANLI, two labels", 83.6, _CARD),
        ),
        note=_BINARY + "; " + _UNPINNED,
    ),
    KnownModel(
        name="MoritzLaurer/ModernBERT-base-zeroshot-v2.0",
        revision="d421c4545a438fd006fb43f8b981c5d908faa1e1",
        licence="Apache-2.0",
        parameters=149,
        megabytes=299,
        model_type="modernbert",
        labels=None,
        denies=False,
        max_tokens=8192,
        source=_HUB + "; parameters: ModernBERT's model card",
        note=_BINARY,
    ),
    KnownModel(
        name="tasksource/ModernBERT-large-nli",
        revision="main",
        licence="Apache-2.0",
        parameters=395,
        megabytes=1580,
        model_type="modernbert",
        labels=None,
        denies=True,
        max_tokens=8192,
        source=_HUB + "; parameters: ModernBERT's model card",
        figures=(
            Figure("accuracy MultiNLI", 89.0, _CARD),
            Figure("accuracy ANLI round 3", 55.0, _CARD),
            Figure("accuracy WANLI", 77.0, _CARD),
        ),
        note=_UNPINNED,
    ),
    KnownModel(
        name="tasksource/ModernBERT-base-nli",
        revision="97bdc5404911f72c62c4b52aff91f8debc77f606",
        licence="Apache-2.0",
        parameters=149,
        megabytes=598,
        model_type="modernbert",
        labels=_MNLI_ORDER,
        denies=True,
        max_tokens=8192,
        source=_HUB + "; parameters: ModernBERT's model card",
    ),
    KnownModel(
        name="cross-encoder/nli-deberta-v3-large",
        revision="main",
        licence="Apache-2.0",
        parameters=400,
        megabytes=1740,
        model_type="deberta-v2",
        labels=_SBERT_ORDER,
        denies=True,
        max_tokens=512,
        source=_HUB + "; parameters: MiniCheck's model cards, on the same base model",
        figures=(Figure("accuracy SNLI", 92.2, _CARD), Figure("accuracy MultiNLI mismatched", 90.49, _CARD)),
        note=_UNPINNED,
    ),
    KnownModel(
        name="cross-encoder/nli-deberta-v3-base",
        revision="6c749ce3425cd33b46d187e45b92bbf96ee12ec7",
        licence="Apache-2.0",
        parameters=None,
        megabytes=738,
        model_type="deberta-v2",
        labels=_SBERT_ORDER,
        denies=True,
        max_tokens=512,
        source=_HUB,
        figures=(Figure("accuracy MultiNLI mismatched", 90.04, _SBERT),),
    ),
    KnownModel(
        name="cross-encoder/nli-deberta-v3-small",
        revision="main",
        licence="Apache-2.0",
        parameters=143,
        megabytes=568,
        model_type="deberta-v2",
        labels=_SBERT_ORDER,
        denies=True,
        max_tokens=512,
        source=_HUB + "; parameters: DeBERTa-v3-small's model card",
        figures=(Figure("accuracy MultiNLI mismatched", 87.55, _SBERT),),
        note=_UNPINNED,
    ),
    KnownModel(
        name="cross-encoder/nli-deberta-v3-xsmall",
        revision="main",
        licence="Apache-2.0",
        parameters=None,
        megabytes=None,
        model_type="deberta-v2",
        labels=_SBERT_ORDER,
        denies=True,
        max_tokens=512,
        source=_HUB,
        figures=(Figure("accuracy MultiNLI mismatched", 87.77, _SBERT),),
        note=_UNPINNED,
    ),
    KnownModel(
        name="tals/albert-xlarge-vitaminc-mnli",
        revision="3082ba54344bd9ddada2be1c5e9b4131721d2a5d",
        licence=None,
        parameters=None,
        megabytes=235,
        model_type="albert",
        labels=("entailment", "contradiction", "neutral"),
        denies=True,
        max_tokens=None,
        source="its file list on the hub; labels: SummaC's code",
        note="SummaC's model; its tokenizer needs the package sentencepiece or protobuf",
    ),
    KnownModel(
        name="lytang/MiniCheck-RoBERTa-Large",
        revision="main",
        licence="MIT",
        parameters=355,
        megabytes=1420,
        model_type="roberta",
        labels=_SUPPORTED_LAST,
        denies=False,
        max_tokens=512,
        source=_HUB + "; parameters: FactCG's table; labels and tokens: MiniCheck's code",
        figures=(Figure("balanced accuracy LLM-AggreFact", 73.5, _AGGREFACT),),
        # Its own code joins the two texts with one </s>; as a pair they are joined with two.
        note=f"{_BINARY}; {_UNPINNED}; main holds pickled weights only, which are refused; the hub's own conversion to safetensors,"
        " refs/pr/1, is not pinned either",
    ),
    KnownModel(
        name="lytang/MiniCheck-DeBERTa-v3-Large",
        revision="main",
        licence="MIT",
        parameters=400,
        megabytes=None,
        model_type="deberta-v2",
        labels=_SUPPORTED_LAST,
        denies=False,
        max_tokens=2048,
        source=_HUB + "; labels and tokens: MiniCheck's code",
        figures=(Figure("balanced accuracy LLM-AggreFact", 73.1, _AGGREFACT),),
        note=_BINARY,
        refused="pickled weights only: convert them to safetensors",
    ),
    KnownModel(
        name="lytang/MiniCheck-Flan-T5-Large",
        revision="main",
        licence="MIT",
        parameters=770,
        megabytes=3130,
        model_type="t5",
        labels=None,
        denies=False,
        max_tokens=2048,
        source=_HUB + "; parameters: FactCG's table; tokens: MiniCheck's code",
        figures=(Figure("balanced accuracy LLM-AggreFact", 75.0, _AGGREFACT),),
        note=_BINARY,
        refused="T5 is not supported",
    ),
    KnownModel(
        name="bespokelabs/Bespoke-MiniCheck-7B",
        revision="main",
        licence="CC-BY-NC-4.0",
        parameters=7000,
        megabytes=None,
        model_type="internlm2",
        labels=None,
        denies=False,
        max_tokens=32768,
        source=_HUB,
        figures=(Figure("balanced accuracy LLM-AggreFact", 77.4, _AGGREFACT),),
        note=_BINARY,
        refused="needs remote code",
    ),
    KnownModel(
        name="vectara/hallucination_evaluation_model",
        revision="6f7b3407e687ab9564eecec1382ba9a465826139",
        licence="Apache-2.0",
        parameters=110,
        megabytes=439,
        model_type="HHEMv2Config",
        labels=None,
        denies=False,
        max_tokens=None,
        source=_HUB,
        figures=(
            Figure("balanced accuracy LLM-AggreFact (row HHEM-2.1)", 71.8, _AGGREFACT),
            Figure("balanced accuracy AggreFact-SOTA", 76.55, _CARD),
        ),
        note="HHEM-2.1-Open; one score, " + _BINARY,
        refused="needs remote code",
    ),
    KnownModel(
        name="yaxili96/FactCG-DeBERTa-v3-Large",
        revision="7582b255f0b45a1be2db6fff5076d0e8ea7aa072",
        licence="MIT",
        parameters=400,
        megabytes=1740,
        model_type="deberta-v2",
        labels=_SUPPORTED_LAST,
        denies=False,
        max_tokens=2048,
        source="its file list on the hub; parameters: FactCG's table; labels and tokens: FactCG's code",
        figures=(Figure("balanced accuracy LLM-AggreFact", 75.6, "FactCG's table at threshold 0.5, mean of its 11 sets"),),
        note=_BINARY,
        refused="reads a prompt, not a pair",
    ),
    KnownModel(
        name="yzha/AlignScore",
        revision="main",
        licence=None,
        parameters=355,
        megabytes=None,
        model_type="roberta",
        labels=None,
        denies=True,
        max_tokens=None,
        source="AlignScore's README",
        figures=(
            Figure("AUC SummaC benchmark (large)", 88.6, "AlignScore's README"),
            Figure("AUC TRUE (large)", 83.8, "AlignScore's README"),
            Figure("balanced accuracy LLM-AggreFact", 70.5, _AGGREFACT),
        ),
        note="three heads, one of them three-way",
        refused="a checkpoint of its own format",
    ),
    KnownModel(
        name="KRLabsOrg/lettucedect-base-modernbert-en-v1",
        revision="main",
        licence="MIT",
        parameters=149,
        megabytes=None,
        model_type="modernbert",
        labels=None,
        denies=False,
        max_tokens=None,
        source="its page on the hub; parameters: LettuceDetect's benchmark page",
        figures=(Figure("F1 RAGTruth, whole answers", 76.8, "LettuceDetect's benchmark page"),),
        note=_BINARY,
        refused="marks words of an answer: no classifier of pairs",
    ),
)


def find(name: str) -> KnownModel | None:
    """The entry of ``owner/name`` or ``owner/name@revision``; the hub's names ignore case."""
    bare = name.partition("@")[0].casefold()
    return next((model for model in KNOWN if model.name.casefold() == bare), None)
