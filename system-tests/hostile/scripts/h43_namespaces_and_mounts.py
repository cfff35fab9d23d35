"""H43: namespaces of its own, those of others, mounts and another root.

record 2: SUCCEEDED
    clone with a user namespace: EPERM
    clone with a network namespace: EPERM
    clone3: ENOSYS
    unshare: EPERM
    setns: EPERM
    mount: EPERM
    umount2: EPERM
    open_tree: EPERM or ENOSYS
    move_mount: EPERM or ENOSYS
    fsopen: EPERM or ENOSYS
    fsmount: EPERM or ENOSYS
    mount_setattr: EPERM or ENOSYS
    pivot_root: EPERM
    chroot: EPERM
"""

from attempts import outcomes, system_call

CHILD_SIGNAL = 17
NEW_USER = 0x10000000
NEW_NETWORK = 0x40000000
OTHERS = (
    "clone3", "setns", "mount", "umount2", "open_tree", "move_mount", "fsopen", "fsmount", "mount_setattr", "pivot_root", "chroot",
)


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes(
            {
                "clone with a user namespace": lambda: system_call("clone", NEW_USER | CHILD_SIGNAL, 0, 0, 0, 0),
                "clone with a network namespace": lambda: system_call("clone", NEW_NETWORK | CHILD_SIGNAL, 0, 0, 0, 0),
                "unshare": lambda: system_call("unshare", NEW_USER),
            }
            | {name: lambda call=name: system_call(call) for name in OTHERS}
        )
    return record
