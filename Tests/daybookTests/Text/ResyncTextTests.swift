import DaybookCore
import Testing

@testable import daybook

@Suite("The text of resync")
struct ResyncTextTests {
  private func progress(
    _ state: ResyncProgress.State, total: Int = 42, done: Int = 0, refused: Int = 0
  ) -> ResyncProgress {
    var progress = ResyncProgress(id: 7, total: total)
    progress.state = state
    progress.done = done
    progress.changed = 1
    progress.refused = refused
    return progress
  }

  @Test(
    "what was begun says what becomes of it",
    arguments: [
      (.working, 42, "42 days of a will be read again; see: daybook status a"),
      (.working, 1, "1 day of a will be read again; see: daybook status a"),
      (.done, 0, "0 days of a, nothing to read"), (.done, 3, "3 days of a read"),
      (.paused, 2, "2 days of a will be read after the pause: daybook resume a"),
      (.signInNeeded, 2, "2 days of a will be read after a sign-in: daybook login a"),
    ] as [(ResyncProgress.State, Int, String)])
  func begun(state: ResyncProgress.State, total: Int, text: String) {
    #expect(ResyncText.begun(progress(state, total: total), account: "a") == "resync 7: \(text)")
  }

  @Test("the end tells what was read, and what hinders")
  func ended() {
    let read = "resync 7 of a: 40 of 42 days read, 1 changed"
    #expect(ResyncText.ended(progress(.done, done: 40), account: "a") == read)
    #expect(
      ResyncText.ended(progress(.done, done: 40, refused: 2), account: "a")
        == read + ", 2 refused or beyond reach")
    #expect(
      ResyncText.ended(progress(.paused, done: 40), account: "a")
        == read + "; it is paused: daybook resume a")
    #expect(
      ResyncText.ended(progress(.signInNeeded, done: 40), account: "a")
        == read + "; it needs a sign-in: daybook login a")
  }

  @Test(
    "the exit status follows the state, then what was refused",
    arguments: [
      (.done, 0, .ok), (.done, 1, .refused), (.paused, 1, .paused),
      (.signInNeeded, 0, .signInNeeded),
      (.working, 0, .ok),
    ] as [(ResyncProgress.State, Int, ExitStatus)])
  func status(state: ResyncProgress.State, refused: Int, status: ExitStatus) {
    #expect(ResyncText.status(progress(state, refused: refused)) == status)
    #expect(ResyncText.isEnd(state) == (state != .working))
  }
}
