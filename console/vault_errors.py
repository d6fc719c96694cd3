"""The sentences about workspaces: folders, keys, damage, backups, bundles, disks."""

from typing import Final

from console.texts import N_

VAULT: Final[dict[str, str]] = {
    "workspace-missing": N_(
        "There is no workspace in {path}. Nothing was changed; choose another folder or "
        "make a new workspace."
    ),
    "workspace-exists": N_(
        "There is a workspace in {path} already. It was left as it is; open it, or choose "
        "another folder."
    ),
    "workspace-folder": N_(
        "The folder {path} cannot be used: {reason}. Nothing was made; choose another folder."
    ),
    "workspace-in-use": N_(
        "The workspace in {path} is open in another window or program. Nothing was changed; "
        "close it there first."
    ),
    "place-synchronised": N_(
        "The folder {path} is synchronised by {program}, which copies a database while it is "
        "written and so loses saves. Nothing was changed; keep the workspace in a folder of this "
        "computer only, and let {program} have the backups."
    ),
    "place-network": N_(
        "The folder {path} lies on the network, where a database loses saves when the connection "
        "drops. Nothing was changed; keep the workspace on this computer's own disk, and put the "
        "backups on the network."
    ),
    "workspace-locked": N_("The workspace is locked. Nothing was changed; unlock it first."),
    "passphrase-needed": N_(
        "The workspace needs its passphrase. Nothing was opened; give it in a file with "
        "--passphrase-file."
    ),
    "passphrase-file": N_(
        "The file {path} with the passphrase cannot be read. Nothing was opened; check the path."
    ),
    "passphrase-short": N_(
        "The passphrase is too short. Nothing was made; take at least {length} characters."
    ),
    "passphrase-wrong": N_("The passphrase is wrong. Nothing was changed; try again."),
    "recovery-key-length": N_(
        "A recovery key has {groups} groups of {length} characters. Nothing was changed; type "
        "all of them from the sheet."
    ),
    "recovery-key-group": N_(
        "Group {group} of the recovery key, “{written}”, is mistyped. Nothing was changed; "
        "compare it with the sheet."
    ),
    "recovery-key-wrong": N_(
        "This recovery key does not open the workspace: it belongs to another one, or was "
        "replaced by a newer key. Nothing was changed; look for the newest sheet."
    ),
    "recovery-key-missing": N_(
        "The workspace has no recovery key. Nothing was changed; unlock it by the passphrase and "
        "make one."
    ),
    "keys-lost": N_(
        "Without the passphrase and without the recovery key nobody can open the workspace in "
        "{path}, we neither. Nothing was deleted; keep the folder, and look for the recovery "
        "sheet, or for a computer whose keyring still opens it."
    ),
    "slots-missing": N_(
        "The key slots of the workspace in {path} are missing, though its data are there. Nothing "
        "was changed; recover it with “recover”, which takes them from a backup."
    ),
    "slots-damaged": N_(
        "The key slots in {path} are damaged, and so is their copy. The data were left as "
        "they are; put back slots.json from a backup."
    ),
    "database-missing": N_(
        "The database {path} is missing. Nothing was made in its place; recover it with “recover”."
    ),
    "database-exists": N_(
        "There is a database in {path} already. It was left as it is; choose another folder."
    ),
    "database-empty": N_(
        "The database {path} is empty, 0 bytes. It was left as it is; recover it with “recover”."
    ),
    "database-unreadable": N_(
        "The database {path} cannot be read with this key. It was left as it is; it may be "
        "damaged, or belong to another workspace. Recover it with “recover”."
    ),
    "database-foreign": N_(
        "The database {path} belongs to another workspace. It was left as it is; put back "
        "the right one from a backup."
    ),
    "database-newer": N_(
        "A newer version of Klientela has written this workspace. It was left as it is; "
        "install the newer version."
    ),
    "database-busy": N_(
        "The database is busy with another program. Your change was not saved; try again in "
        "a moment."
    ),
    "database-damaged": N_(
        "The database is damaged. Nothing was overwritten; close the program and recover the "
        "database with “recover”, from the last backup and the log of operations."
    ),
    "backup-failed": N_(
        "The backup {path} could not be made: {reason}. Nothing was changed; make room or choose "
        "another place, and try again."
    ),
    "backup-place": N_(
        "The folder {path} lies inside the workspace, and would be lost with it. Nothing was "
        "changed; choose another disk, a stick or a network folder."
    ),
    "backup-place-missing": N_(
        "The second place of the backups, {path}, is not there. The backup on this computer is "
        "kept; connect the disk, or choose another place."
    ),
    "backup-missing": N_("There is no backup {path}. Nothing was changed; check the path."),
    "backup-damaged": N_(
        "The backup {path} is damaged, or is no backup of this workspace. It was left as it is, "
        "and nothing was changed; take another one."
    ),
    "database-older": N_(
        "The database in {path} is older than what was saved last: an older copy lies in its "
        "place, or its write-ahead log is missing. It was left as it is; recover what is missing "
        "with “recover”."
    ),
    "database-truncated": N_(
        "The database {path} was cut off. It was left as it is; recover it with “recover”, from "
        "the last backup and the log of operations."
    ),
    "database-generation": N_(
        "The database {path} belongs to another data key than the key slots. It was left as it "
        "is; put both back from the same backup."
    ),
    "restore-folder": N_(
        "The folder {path} holds something that is no workspace. Nothing was changed; choose an "
        "empty or a new folder."
    ),
    "restore-other": N_(
        "The backup is of another workspace than the one in {path}. Nothing was changed; restore "
        "it into a new folder."
    ),
    "restore-failed": N_(
        "The workspace could not be put into {path}: {reason}. Nothing was changed; make room or "
        "choose another folder."
    ),
    "recovery-hopeless": N_(
        "There is no backup of the workspace in {path}, and nothing of its database can be read. "
        "Nothing was changed; look for a backup in the second place, and use “restore”."
    ),
    "workspace-read-only": N_(
        "This workspace was handed over for looking only. Nothing was saved; ask for a bundle to "
        "work with."
    ),
    "bundle-none": N_(
        "The file {path} is no bundle of one client. Nothing was changed; a whole backup is "
        "brought back with “restore”."
    ),
    "bundle-foreign": N_(
        "The bundle {path} does not come from this workspace. Nothing was changed; take it back "
        "where it was made."
    ),
    "bundle-passphrase": N_(
        "A bundle needs a passphrase of its own. Nothing was written; give it in a file with "
        "--bundle-passphrase-file."
    ),
    "bundle-deputy": N_(
        "A deputy has a name and a prefix for new numbers. Nothing was made; give --name and "
        "--prefix, or --read-only."
    ),
    "bundle-prefix": N_(
        "The prefix {prefix} is the one of whoever handed the client over, so numbers would "
        "repeat. Nothing was made; choose another prefix."
    ),
    "conflict-decided": N_("This was decided already. Nothing was changed."),
    "disk-readonly": N_(
        "The folder of the workspace cannot be written to. Your change was not saved; check the "
        "rights and the disk, and try again."
    ),
    "disk-full-reserve": N_(
        "The disk is full. Your change was not saved yet, but a reserve was freed for it: save "
        "once more, and make room then."
    ),
    "disk-full": N_(
        "The disk is full or does not answer. Your change was not saved; make room and try again."
    ),
}

CURABLE: Final = frozenset(
    {
        "database-missing",
        "database-empty",
        "database-unreadable",
        "database-truncated",
        "database-damaged",
        "database-foreign",
        "database-older",
        "database-generation",
        "slots-damaged",
        "slots-missing",
    }
)
"""Errors of opening that a recovery may help against."""
