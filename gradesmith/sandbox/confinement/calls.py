"""Which system calls student code may make, and on which conditions.

**An allow list.** The kernel grows some ten calls a year (io_uring, pidfd, the new mount calls, futex variants), each a
door that a deny list leaves open until somebody hears of it. What is not listed answers ``ENOSYS``, as an older kernel
would, so that the C library, Python and numpy fall back on what they used before; calls that only an attack needs
answer ``EPERM``, which reads better in a traceback. The list is what Python, numpy, pandas, scikit-learn, matplotlib,
sqlite3, asyncio, threads and temporary files ask for on glibc and musl.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from gradesmith.sandbox.confinement.bpf import ALLOW, ASK, Among, Rule, errno_verdict
from gradesmith.sandbox.confinement.syscalls import Machine, number

ALLOWED: Final = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek sendfile copy_file_range
    close close_range dup dup2 dup3 pipe pipe2 flock fsync fdatasync sync_file_range fadvise64 readahead
    ftruncate
    stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2 readlink readlinkat
    getdents getdents64 getcwd chdir fchdir umask
    mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat creat
    mmap munmap mremap mprotect madvise msync brk pkey_mprotect pkey_alloc pkey_free mseal
    map_shadow_stack membarrier get_mempolicy
    futex futex_wait futex_wake futex_requeue futex_waitv set_robust_list rseq set_tid_address arch_prctl
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack
    restart_syscall signalfd signalfd4 pause alarm getitimer setitimer
    timer_create timer_settime timer_gettime timer_getoverrun timer_delete
    timerfd_create timerfd_settime timerfd_gettime eventfd eventfd2
    poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
    time gettimeofday clock_gettime clock_getres clock_nanosleep nanosleep times getrusage sysinfo uname getcpu
    getrandom getpid gettid getppid getpgrp getpgid getsid getuid geteuid getgid getegid getgroups getresuid getresgid
    getrlimit setrlimit getpriority sched_yield sched_getaffinity sched_getparam sched_getscheduler
    sched_get_priority_max sched_get_priority_min sched_rr_get_interval
    recvfrom recvmsg sendto sendmsg shutdown getsockopt getsockname getpeername
    wait4 waitid exit exit_group
"""

# Copying tools set modes and times after writing; their files are fine without. Landlock does not know these calls, so
# doing nothing, and saying it was done, is how they stay off other people's files.
PRETENDED: Final = """
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat
    setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr removexattrat
"""

# Reading extended attributes is not Landlock's business either; "this file system has none" is an answer tools expect.
WITHOUT_ATTRIBUTES: Final = """
    getxattr lgetxattr fgetxattr getxattrat listxattr llistxattr flistxattr listxattrat
"""

REFUSED: Final = """
    socket connect bind listen accept accept4 sendmmsg recvmmsg
    execve execveat fork vfork ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp
    pidfd_open pidfd_getfd pidfd_send_signal tkill rt_sigqueueinfo
    keyctl add_key request_key io_uring_setup io_uring_enter io_uring_register
    bpf userfaultfd perf_event_open memfd_create memfd_secret
    mount umount2 pivot_root chroot open_tree open_tree_attr move_mount fsopen fsconfig fsmount fspick mount_setattr
    unshare setns name_to_handle_at open_by_handle_at quotactl quotactl_fd mknod mknodat
    shmget shmat shmdt shmctl semget semop semtimedop semctl msgget msgsnd msgrcv msgctl
    mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr
    fanotify_init fanotify_mark
    setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset setsid setpgid
    personality syslog acct reboot swapon swapoff
    kexec_load kexec_file_load init_module finit_module delete_module settimeofday clock_settime adjtimex clock_adjtime
    iopl ioperm modify_ldt sethostname setdomainname vhangup
    seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self
"""

# Refused as well, and not counted: libraries ask for these of their own accord, to be quicker or to be told of changes.
QUIETLY_REFUSED: Final = """
    setsockopt mbind set_mempolicy move_pages migrate_pages sched_setscheduler sched_setparam sched_setattr ioprio_set
    splice tee vmsplice io_setup io_submit
    inotify_init inotify_init1 inotify_add_watch truncate
"""

# Calls that name files and are Landlock's to judge, with the positions of the paths. The folder that a descriptor
# before a path stands for was opened by such a call itself.
NAMING: Final = MappingProxyType(
    {
        "open": (0,),
        "openat": (1,),
        "creat": (0,),
        "truncate": (0,),
        "chdir": (0,),
        "unlink": (0,),
        "unlinkat": (1,),
        "rmdir": (0,),
        "rename": (0, 1),
        "renameat": (1, 3),
        "renameat2": (1, 3),
        "link": (0, 1),
        "linkat": (1, 3),
    }
)

# Signals, and processes: refused for their arguments, and then as telling as what is refused outright.
_SIGNALS: Final = "kill tgkill rt_tgsigqueueinfo"
_TELLING: Final = ("clone", "prlimit64 sched_setaffinity", _SIGNALS)

_REFUSE: Final = errno_verdict(errno.EPERM)
_PRETEND: Final = errno_verdict(0)

_AF_UNIX: Final = 1
_SOCK_STREAM: Final = 1
_SOCK_TYPE: Final = 0xFFFFFFFF & ~(0o4000 | 0o2000000)  # without SOCK_NONBLOCK and SOCK_CLOEXEC
_O_ACCMODE: Final = 0o3
_O_TRUNC: Final = 0o1000
_OPEN_MODES: Final = (os.O_RDONLY, os.O_WRONLY, os.O_RDWR, os.O_WRONLY | _O_TRUNC, os.O_RDWR | _O_TRUNC)
_CLONE_THREAD: Final = 0x00010000
_CLONE_PARENT: Final = 0x00008000
_CLONE_NAMESPACES: Final = 0x7E020000  # NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET
_PRIO_PROCESS: Final = 0
# isatty, terminal size, close-on-exec, blocking mode, bytes waiting; the rest would reach devices and file attributes
_IOCTL: Final = (0x5401, 0x5413, 0x5450, 0x5451, 0x5421, 0x541B)
# duplicates, flags, both kinds of locks, pipe sizes and seals; not F_SETOWN and F_SETSIG, which aim signals at others,
# nor leases and notices, which tell what others do
_FCNTL: Final = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1031, 1032, 1033, 1034)
# name of a thread and of a mapping, transparent huge pages, and questions
_PRCTL: Final = (2, 3, 15, 16, 21, 39, 41, 42, 0x53564D41)


def rules(machine: Machine, *, landlock_abi: int, processes: bool, telling: int = _REFUSE) -> list[Rule]:
    """The rules that are the same for all processes; each needs its `rules_of_its_own` as well.

    ``telling`` is the verdict on calls that tell something about their caller: those that only an attack needs, other
    processes, signals to others. It must not let them happen.
    """
    chosen = [
        *_rules(machine, ALLOWED, ALLOW),
        *_rules(machine, PRETENDED, _PRETEND),
        *_rules(machine, WITHOUT_ATTRIBUTES, errno_verdict(errno.EOPNOTSUPP)),
        # Their arguments stand in memory, where a filter can't look; the C library then uses clone and openat.
        *_rules(machine, "clone3 openat2", errno_verdict(errno.ENOSYS)),
        *_rules(machine, "truncate" if landlock_abi >= 3 else "", ALLOW),
        *_rules(machine, "fork vfork" if processes else "", ALLOW),
    ]
    for names, conditions in _conditional(processes=processes):
        chosen += _rules(machine, names, ALLOW, conditions, otherwise=telling if names in _TELLING else _REFUSE)
    for names, times in (("utime utimes", 1), ("futimesat utimensat", 2)):
        # "Now" (no times given) is refused: Path.touch() would take success to mean that there is such a file, and
        # make none. Copying tools give times.
        chosen += _rules(machine, names, _REFUSE, (Among(times, (0,)),), otherwise=_PRETEND)
    settled = {rule.number for rule in chosen}
    leftover = [*_rules(machine, REFUSED, telling), *_rules(machine, QUIETLY_REFUSED, _REFUSE)]
    return [*chosen, *(rule for rule in leftover if rule.number not in settled)]


def rules_of_its_own(
    machine: Machine, *, own_pid: int, landlock_abi: int, processes: bool, telling: int = _REFUSE
) -> list[Rule]:
    """The rules for calls that a process may make on itself."""
    chosen: list[Rule] = []
    for names, conditions in _of_itself(own_pid, forks_are_watched=processes and landlock_abi >= 6):
        chosen += _rules(machine, names, ALLOW, conditions, otherwise=telling if names in _TELLING else _REFUSE)
    return chosen


def asking_of_files(machine: Machine, chosen: Iterable[Rule]) -> Iterator[Rule]:
    """Have what names a file, and would be allowed, asked about first. Whoever is asked must let it happen."""
    naming = {number(name, machine) for name in NAMING}
    for rule in chosen:
        yield replace(rule, then=ASK) if rule.then == ALLOW and rule.number in naming else rule


def _rules(
    machine: Machine,
    names: str,
    then: int,
    conditions: tuple[Among, ...] = (),
    *,
    otherwise: int = _REFUSE,
) -> list[Rule]:
    """The same rule for several calls; those that this machine does not have need none."""
    numbers = (number(name, machine) for name in names.split())
    return [Rule(one, then, conditions, otherwise) for one in numbers if one is not None]


def _conditional(*, processes: bool) -> Iterable[tuple[str, tuple[Among, ...]]]:
    """Calls that are harmless with some arguments only."""
    yield "socketpair", (Among(0, (_AF_UNIX,)), Among(1, (_SOCK_STREAM,), _SOCK_TYPE))
    # Opening for reading while truncating needs no right that Landlock below ABI 3 asks for; nobody means it.
    yield "open", (Among(1, _OPEN_MODES, _O_TRUNC | _O_ACCMODE),)
    yield "openat", (Among(2, _OPEN_MODES, _O_TRUNC | _O_ACCMODE),)
    # Taking space beyond a file's end would pass by RLIMIT_FSIZE.
    yield "fallocate", (Among(1, (0,)),)
    yield "prctl", (Among(0, _PRCTL),)
    yield "ioctl", (Among(1, _IOCTL),)
    yield "fcntl", (Among(1, _FCNTL),)
    if processes:
        yield "clone", (Among(0, (0,), _CLONE_NAMESPACES | _CLONE_PARENT),)
    else:
        yield "clone", (Among(0, (_CLONE_THREAD,), _CLONE_THREAD | _CLONE_NAMESPACES),)


def _of_itself(own_pid: int, *, forks_are_watched: bool) -> Iterable[tuple[str, tuple[Among, ...]]]:
    """Calls that are harmless when a process aims them at itself."""
    itself = (0, own_pid)
    yield "prlimit64 sched_setaffinity", (Among(0, itself),)
    yield "setpriority", (Among(0, (_PRIO_PROCESS,)), Among(1, itself))
    # raise, abort and pthread_kill name the own process. A forked grandchild has a pid that no filter knows, so with
    # processes the aim of signals is Landlock's to judge, where it can (ABI 6).
    yield _SIGNALS, () if forks_are_watched else (Among(0, (own_pid,)),)
