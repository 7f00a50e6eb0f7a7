"""The journeys of people through the product, from the front door."""
