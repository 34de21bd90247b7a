"""Names that no pattern finds: products, places, people and companies, by a linear-chain conditional random field."""
