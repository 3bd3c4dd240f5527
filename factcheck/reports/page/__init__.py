"""The parts of the HTML page: escaped markup, the articles' text, findings, overviews; its style and script lie beside them."""
