"""What a plugin may declare: panels, metrics, alert rules, commands, reports."""
