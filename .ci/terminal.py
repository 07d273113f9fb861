"""Opens the release binary in a pseudo-terminal of 80x24, waits for the first screen, leaves with
q, and looks at what it did: it drew Chinese text, it ended with 0, it put the terminal back."""
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

LIMIT = 20.0


def main(binary):
    pid, fd = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.environ.update(TERM="xterm-256color", LC_ALL="zh_CN.UTF-8")
        os.execv(binary, [binary])
    seen, pressed, start = b"", False, time.monotonic()
    while time.monotonic() - start < LIMIT:
        ready, _, _ = select.select([fd], [], [], 0.5)
        if ready:
            try:
                piece = os.read(fd, 65536)
            except OSError:
                break
            if not piece:
                break
            seen += piece
        elif seen and not pressed:
            os.write(fd, b"q")
            pressed = True
    else:
        os.kill(pid, 9)
        sys.exit("it did not leave within %.0f s of being opened" % LIMIT)
    _, status = os.waitpid(pid, 0)
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.decode("utf-8", "replace"))
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit("exit status %d; it wrote:\n%s" % (os.waitstatus_to_exitcode(status), text[-2000:]))
    for what, there in [
        ("the name of the program", "勾稽" in text),
        ("the alternate screen", b"\x1b[?1049h" in seen),
        ("the way back from it", b"\x1b[?1049l" in seen),
        ("the cursor shown again", seen.rfind(b"\x1b[?25h") > seen.rfind(b"\x1b[?25l")),
    ]:
        if not there:
            sys.exit("missing: %s; it wrote:\n%s" % (what, text[-2000:]))
    print("ok: drew %d bytes, left with 0, the terminal is as it was" % len(seen))


main(sys.argv[1])
