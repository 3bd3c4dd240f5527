"""Parts of the syntax model: the network, its input rows, lemmas as edits, and from scores to trees and names."""
