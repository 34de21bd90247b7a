"""The company's systems and notifications; each with an embedded default."""
