"""The journal: what people entered, durable, in one order for everybody who shares it."""
