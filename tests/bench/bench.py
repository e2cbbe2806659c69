#!/usr/bin/env python3
"""Measures the dashboard through a pseudo-terminal, as an operator meets it: from key to screen,
bytes a frame, wake-ups, memory, start. `make bench` runs it; Python's standard library is all it
needs. htop and tig are measured in the same way if they are there. Prints a table and, last, one
line of JSON. Exit status 1 if a goal is missed and --check is given."""

import fcntl, json, os, pty, select, shutil, signal, struct, subprocess, sys, tempfile, termios, time

SOAKTOP = os.environ.get("SOAKTOP", "soaktop")
QUIET = 0.12  # seconds without a byte: the picture is whole
results = {}


class Terminal:
    """A program on a terminal of its own."""

    def __init__(self, command, size=(120, 40), env=None, cwd=None):
        environment = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8", **(env or {}))
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            if cwd:
                os.chdir(cwd)
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            try:
                os.execvpe(command[0], command, environment)
            finally:
                os._exit(127)

    def read(self, timeout):
        """Bytes that come within TIMEOUT seconds, at most one piece; b"" if none do."""
        ready, _, _ = select.select([self.fd], [], [], timeout)
        if not ready:
            return b""
        try:
            return os.read(self.fd, 1 << 16)
        except OSError:
            return b""

    def settle(self, quiet=QUIET, limit=20):
        """Reads until nothing comes for QUIET seconds: the bytes, and when the last ones came."""
        data, last, until = b"", time.perf_counter(), time.perf_counter() + limit
        while time.perf_counter() < until:
            piece = self.read(quiet)
            if not piece:
                break
            data += piece
            last = time.perf_counter()
        return data, last

    def answer(self, key):
        """Seconds from KEY to the last byte of what it changes, and how many bytes that is."""
        start = time.perf_counter()
        os.write(self.fd, key)
        data, last = self.settle(quiet=0.03)
        return last - start, len(data)

    def until(self, mark, limit=60):
        """Reads until MARK was written: everything up to then, and when it came."""
        data, stop = b"", time.perf_counter() + limit
        while mark not in data and time.perf_counter() < stop:
            data += self.read(0.5)
        return data, time.perf_counter()

    def collect(self, seconds):
        """All bytes of the next SECONDS."""
        data, until = b"", time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            data += self.read(left)
        return data

    def soak(self):
        """The process that works: the job of a live run only waits for its child."""
        with open(f"/proc/{self.pid}/task/{self.pid}/children") as file:
            children = file.read().split()
        for child in map(int, children):
            with open(f"/proc/{child}/comm") as file:
                if file.read().strip() == "soaktop":
                    return child
        return self.pid

    def wakeups(self):
        total, pid = 0, self.soak()
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/status") as file:
                total += sum(int(l.split()[1]) for l in file if l.startswith("voluntary"))
        return total

    def memory(self):
        with open(f"/proc/{self.soak()}/status") as file:
            fields = dict(l.split(":", 1) for l in file if ":" in l)
        return {name: int(fields[name].split()[0]) for name in ("VmRSS", "RssAnon", "RssFile")}

    def end(self):
        os.kill(self.pid, signal.SIGTERM)
        while self.read(1):
            pass
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def row(name, value, unit, goal=None):
    results[name] = {"value": round(value, 3), "unit": unit, "goal": goal}
    verdict = "" if goal is None else ("  goal %g: %s" % (goal, "kept" if value <= goal else "MISSED"))
    print("%-52s %10.3f %-5s%s" % (name, value, unit, verdict))


def latency(name, terminal, keys, count=400, goal=None):
    """Keys one after another, each when the answer to the last has stood for a moment."""
    took = []
    for i in range(count):
        seconds, size = terminal.answer(keys[i % len(keys)])
        if size:
            took.append(seconds * 1000)
    row(name + ", p50", percentile(took, 0.50), "ms")
    row(name + ", p99", percentile(took, 0.99), "ms", goal)


def latency_busy(name, terminal, count, goal):
    """While bytes come all the time an answer is found by what it says: a dialog's last line."""
    took = []
    for _ in range(count):
        start = time.perf_counter()
        os.write(terminal.fd, b"?")
        _, came = terminal.until(b"close ]")
        took.append((came - start) * 1000)
        os.write(terminal.fd, b"\033")
        terminal.collect(0.06)
    row(name + ", p50", percentile(took, 0.50), "ms")
    row(name + ", p99", percentile(took, 0.99), "ms", goal)


def bench_replay(root):
    terminal = Terminal([SOAKTOP, "replay", root])
    _, first = terminal.until(b"quit")
    _, last = terminal.settle()
    row("start to first frame, 24 iterations", (last - terminal.began) * 1000, "ms")
    latency("key to screen, idle: previous, next iteration", terminal, [b"[", b"]"], goal=1)
    latency("key to screen, idle: cursor", terminal, [b"3", b"j", b"j", b"k", b"k"], goal=1)
    before = terminal.wakeups()
    row("bytes in 3 s when nothing changes", len(terminal.collect(3)), "bytes", 0)
    row("wake-ups in 3 s when nothing changes", terminal.wakeups() - before, "", 0)
    row("bytes of a cursor step", terminal.answer(b"j")[1], "bytes")
    row("bytes of a step in time", terminal.answer(b"[")[1], "bytes")
    row("bytes of a full repaint, 120x40", terminal.answer(b"\014")[1], "bytes")
    terminal.end()


def bench_live(where):
    terminal = Terminal([SOAKTOP, "run", "--mock", "--approve", "auto", "--interval", "300",
                         "--iterations", "24", "--artifacts", os.path.join(where, "countdown")])
    terminal.until(b"next ")
    terminal.settle()
    before = terminal.wakeups()
    ticks = len(terminal.collect(5.0))
    row("bytes a second of a countdown", ticks / 5, "bytes")
    row("wake-ups a second of a countdown", (terminal.wakeups() - before) / 5, "", 1.2)
    os.write(terminal.fd, b"N")
    data, _ = terminal.settle(quiet=0.3)
    row("bytes of an iteration (with the status line)", len(data), "bytes")
    terminal.end()
    terminal = Terminal([SOAKTOP, "run", "--mock", "--approve", "auto", "--interval", "0",
                         "--iterations", "24", "--artifacts", os.path.join(where, "memory")])
    terminal.until(b"completed")
    for key in (b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"?", b"\033", b"i", b"\033"):
        terminal.answer(key)
    memory = terminal.memory()
    row("resident memory, 24 iterations", memory["VmRSS"] / 1024, "MB", 8)
    row("  of it its own (anonymous)", memory["RssAnon"] / 1024, "MB")
    terminal.end()


def bench_busy(where):
    terminal = Terminal([SOAKTOP, "run", "--mock", "--approve", "auto", "--interval", "0",
                         "--artifacts", os.path.join(where, "busy")])
    terminal.until(b"next ", limit=0.5)
    latency_busy("key to screen, engine flat out: help", terminal, 200, 4)
    terminal.end()


def bench_others():
    if shutil.which("htop"):
        terminal = Terminal(["htop", "-d", "100"])
        terminal.settle(quiet=0.5)
        latency("htop, key to screen: cursor", terminal, [b"\033[B", b"\033[A"], count=100)
        row("htop, resident memory", terminal.memory()["VmRSS"] / 1024, "MB")
        terminal.end()
    if shutil.which("tig"):
        where = tempfile.mkdtemp()
        git = ["git", "-C", where, "-c", "user.name=n", "-c", "user.email=e"]
        subprocess.run(["git", "init", "-q", where], check=True)
        for i in range(60):
            subprocess.run(git + ["commit", "-q", "--allow-empty", "-m", str(i)], check=True)
        terminal = Terminal(["tig"], cwd=where)
        terminal.settle(quiet=0.5)
        latency("tig, key to screen: cursor", terminal, [b"j", b"k"], count=200)
        row("tig, resident memory", terminal.memory()["VmRSS"] / 1024, "MB")
        terminal.end()
        shutil.rmtree(where)


def bench_frames():
    program = os.environ.get("BENCH_FRAMES")
    if not program:
        return
    for line in subprocess.run([program], check=True, capture_output=True, text=True).stdout.split("\n"):
        if line.startswith("frame "):
            _, size, iterations, quiet, news = line.split()
            row(f"frame {size}, {iterations} iterations, nothing new", float(quiet), "us")
            row(f"frame {size}, {iterations} iterations, one more", float(news), "us")


def main():
    where = tempfile.mkdtemp(prefix="soaktop-bench.")
    try:
        root = os.path.join(where, "run")
        subprocess.run([SOAKTOP, "run", "--mock", "--approve", "auto", "--iterations", "24",
                        "--headless", "--artifacts", root], check=True, capture_output=True)
        bench_replay(root)
        bench_live(where)
        bench_busy(where)
        bench_others()
        bench_frames()
    finally:
        shutil.rmtree(where, ignore_errors=True)
    print(json.dumps(results))
    missed = [n for n, r in results.items() if r["goal"] is not None and r["value"] > r["goal"]]
    return 1 if missed and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
