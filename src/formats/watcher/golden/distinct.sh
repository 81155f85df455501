refused: a watch counts hits; it counts different values only roughly (cardinality)
