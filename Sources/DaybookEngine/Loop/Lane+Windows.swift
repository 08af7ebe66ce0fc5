import DaybookCore

/// The windows that a lane's calls must pass: its own, and those of its client.
extension Lane {
  /// Takes a slot in every window.
  func take(now: Now) {
    for i in windows.indices { windows[i].take(now: now) }
    for i in client.windows.indices { client.windows[i].take(now: now) }
    inFlight += 1
    calls += 1
  }

  /// Gives the account's own windows the end of a call; one that was given up may still arrive
  /// until `latest`. The client's come beside them: the account may have another client by then.
  func end(sends: Int, now: Now, arrivingBy latest: BootTime? = nil) {
    for i in windows.indices { windows[i].end(at: now, sends: sends, arrivingBy: latest) }
    inFlight -= 1
  }

  /// Whether a call may leave: the strictest of all windows.
  func opening(now: Now) -> CallWindow.Opening {
    var result = CallWindow.Opening.now(Int.max)
    for i in windows.indices { result = result.stricter(windows[i].opening(now: now)) }
    for i in client.windows.indices {
      result = result.stricter(client.windows[i].opening(now: now))
    }
    return result
  }
}

extension CallWindow.Opening {
  func stricter(_ other: Self) -> Self {
    switch (self, other) {
    case (.now(let a), .now(let b)): .now(min(a, b))
    case (.at(let a), .at(let b)): .at(max(a, b))
    case (.at, .now), (.whenOneEnds, .now), (.at, .whenOneEnds): self
    case (.now, .at), (.now, .whenOneEnds), (.whenOneEnds, .at): other
    case (.whenOneEnds, .whenOneEnds): self
    }
  }
}
