"""The configuration of a floor: found, read, checked, shown."""

from floorwatch.settings.author import me_of, system_user
from floorwatch.settings.duty import DutySettings
from floorwatch.settings.find import find_config, journal_file, journal_url, log_folder, usual_places
from floorwatch.settings.load import load_settings
from floorwatch.settings.people_file import load_people
from floorwatch.settings.starter import reference, starter
from floorwatch.settings.table import SettingRow, settings_table
from floorwatch.settings.values import (
    AlertSettings,
    FeedSettings,
    FloorSettings,
    JournalSettings,
    Options,
    PeopleSettings,
    PluginSettings,
    QueueSettings,
    RecordingSettings,
    RuleSettings,
    ScreenSettings,
    Settings,
    SettingsError,
    Theme,
)
from floorwatch.settings.zone import rules_of, system_zone, zone_name, zone_named, zone_of

__all__ = [
    "AlertSettings",
    "DutySettings",
    "FeedSettings",
    "FloorSettings",
    "JournalSettings",
    "Options",
    "PeopleSettings",
    "PluginSettings",
    "QueueSettings",
    "RecordingSettings",
    "RuleSettings",
    "ScreenSettings",
    "SettingRow",
    "Settings",
    "SettingsError",
    "Theme",
    "find_config",
    "journal_file",
    "journal_url",
    "load_people",
    "load_settings",
    "log_folder",
    "me_of",
    "reference",
    "rules_of",
    "settings_table",
    "starter",
    "system_user",
    "system_zone",
    "usual_places",
    "zone_name",
    "zone_named",
    "zone_of",
]
