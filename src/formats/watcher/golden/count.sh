refused: a watch puts hits into groups by one field
