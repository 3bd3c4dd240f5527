"""What words refer to: mentions and their agreement, entities, descriptions, salience, and relative dates."""
