"""The written table: what every service does for which role and which unit. A service not in it fails a test.

Cases: `o` the person's own unit, `s` another of the same kind, `a` one of another kind, `n` a person without
a unit. A role that is not named may do nothing.
"""

from collections.abc import Mapping

Rights = Mapping[str, str]

ALL = "osan"
SEE: Rights = {"office": ALL, "leader": ALL, "committee": "osn", "locality": "osn", "department": "o"}
"""Committees see all committees, localities all localities, a department itself."""
CONCERNED: Rights = {"office": ALL, "leader": ALL, "committee": "o", "locality": "o", "department": "o"}
"""Hazards and measures are seen by whom they concern."""
OWN: Rights = {"office": ALL, "committee": "o", "locality": "o", "department": "o"}
ENTERERS: Rights = {"office": ALL, "committee": ALL, "locality": ALL, "department": ALL}
READERS: Rights = {**ENTERERS, "leader": ALL}
OFFICE: Rights = {"office": ALL}
ADMIN: Rights = {"admin": ALL}
NO_DEPARTMENTS: Rights = {"office": "osn", "leader": "osn", "committee": "osn", "locality": "osn"}
"""A list of committees and localities; the one of another kind is a department here."""
JOURNAL: Rights = {"office": ALL, "auditor": ALL}
WALL: Rights = {"office": ALL, "leader": ALL, "screen": ALL}

SERVICES: Mapping[str, Rights] = {
    "accounts.add_account": ADMIN,
    "accounts.disable": ADMIN,
    "accounts.drop_second_factor": ADMIN,
    "accounts.enable": ADMIN,
    "accounts.list_accounts": ADMIN,
    "accounts.move": ADMIN,
    "accounts.places": ADMIN,
    "accounts.set_password": ADMIN,
    "accounts.unlock": ADMIN,
    "attaching.add_attachment": OWN,
    "attaching.attachment_history": SEE,
    "attaching.attachments_of": SEE,
    "attaching.open_attachment": SEE,
    "attaching.read_images": SEE,
    "attaching.remove_attachment": OWN,
    "attaching.replace_attachment": OWN,
    "backing_up.keep_newest": ADMIN,
    "backing_up.make_backup": ADMIN,
    "backing_up.take_backup": ADMIN,
    "calendar_links.list_calendar_links": OWN,
    "calendar_links.make_calendar_link": OWN,
    "calendar_links.revoke_calendar_link": OWN,
    "calendars.unit_calendar": SEE,
    "checking_covertly.check_book": SEE,
    "checking_covertly.enter_check": OWN,
    "drafting.keep_draft": ENTERERS,
    "entering.effects": SEE,
    "entering.effects_together": SEE,
    "entering.open_desk": OWN,
    "entering.units_to_enter_for": OWN,
    "entering_many.check_many": OWN,
    "entering_many.enter_many": OWN,
    "explaining.explain": SEE,
    "exporting.export_csv": OFFICE,
    "exporting_workbooks.export_journal_csv": JOURNAL,
    "exporting_workbooks.export_workbook": OFFICE,
    "hazards.cases_for": CONCERNED,
    "hazards.every_unit": READERS,
    "hazards.hazard_story": CONCERNED,
    "hazards.set_clock_days": OFFICE,
    "importing.confirm_import": OFFICE,
    "importing.import_tables": OFFICE,
    "importing.preview_import": OFFICE,
    "journalling.read_journal": JOURNAL,
    "key_periods.keep_period": OFFICE,
    "key_periods.key_period_board": NO_DEPARTMENTS,
    "key_periods.set_lead_days": OFFICE,
    "key_periods.take_out": OFFICE,
    "looking_up.look_up": SEE,
    "policies.set_policy": ADMIN,
    "proposing.cell_to_urge": OFFICE,
    "proposing.items_of": OFFICE,
    "proposing.measures_for": CONCERNED,
    "proposing.proposals_for": OFFICE,
    "proposing.set_ladder": OFFICE,
    "recording.correct_record": OWN,
    "recording.enter_record": OWN,
    "recording.find_current": SEE,
    "recording.find_records": SEE,
    "recording.just_entered": SEE,
    "recording.record_history": SEE,
    "recording.void_record": OWN,
    "rectifying.move_hazard": OWN,
    "rectifying.register_hazard": OWN,
    "scoreboard.cells_for": SEE,
    "supervising.answer_measure": OWN,
    "supervising.issue_measure": OFFICE,
    "templating.template_workbook": OFFICE,
    "tidying.move_many": OWN,
    "tidying.preview_moving": OWN,
    "tidying.preview_voiding": OWN,
    "tidying.void_many": OWN,
    "verifying.journal_head": ADMIN,
    "verifying.verify": ADMIN,
    "wall_links.list_links": OFFICE,
    "wall_links.make_link": OFFICE,
    "wall_links.revoke_link": OFFICE,
    "walling.wall_picture": WALL,
}

UNGUARDED: Mapping[str, str] = {
    "accounts.fresh_password": "makes a random password and keeps nothing",
    "accounts.new_hash": "hashes a password and keeps nothing",
    "accounts.workplace": "the name of the actor's own unit",
    "attaching.count_attachments": "numbers of things that the caller has been shown",
    "auditing.listen": "a server's start",
    "auditing.note_download": "writes into the journal only",
    "auditing.note_export": "writes into the journal only",
    "auditing.note_refusal": "writes into the journal only",
    "calendar_links.open_calendar_link": "a link's token",
    "catalogues.catalogues_now": "the notices as the office reads them; no unit is named",
    "checking_covertly.newest_pictures": "photographs of checks that `check_book` has shown",
    "drafting.drop_draft": "the actor's own draft",
    "drafting.find_draft": "the actor's own draft",
    "founding.found": "a database that holds nothing yet",
    "hazards.clock_days_of": "how many days there are for what; no unit is named",
    "key_periods.key_periods": "the holidays of a year; no unit is named",
    "opening.answers": "yes or no",
    "opening.demonstrates": "yes or no",
    "own_account.begin_codes": "the account of the session that is asked for",
    "own_account.change_own_password": "the account of the session, with its password",
    "own_account.end_other_sessions": "the account of the session that is asked for",
    "own_account.own_sessions": "the account of the session that is asked for",
    "own_account.show_code": "the account of the session, with its code",
    "own_account.uses_codes": "the account of the session that is asked for",
    "policies.policy_now": "the rules are said to whoever chooses a password",
    "proposing.ladder_of": "which step follows which; no unit is named",
    "scoreboard.data_time": "the moment of the newest change",
    "signing_in.claim": "a ticket, good once",
    "signing_in.sign_in": "a user name and a password",
    "signing_in.sign_out": "a session's token",
    "signing_in.who_arrives": "a session's token",
    "signing_in.who_is": "a session's token",
    "wall_links.link_holds": "a link's token",
    "wall_links.open_link": "a link's token",
    "walling.newest_business_id": "a number",
    "walling.newest_id": "a number",
}
"""Services that ask no permission, each with the reason why it need not."""
