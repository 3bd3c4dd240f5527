"""Who says what: reporting verbs and phrases, the clauses they govern, and quotation marks in pairs."""
