import DaybookCore
import Glibc
import Testing

@testable import daybookd

@Suite("Trusted files")
struct TrustedFileTests {
  private let folder = WorkFolder()
  private let reader = TrustedFile(uid: geteuid())

  private func reason(_ path: String, _ kind: TrustedFile.Kind) -> String? {
    guard case .failure(let refusal) = reader.read(path, as: kind, limit: 100) else { return nil }
    return refusal.reason
  }

  @Test(
    "owner and mode decide who could have written or read a file",
    arguments: [
      (0, 0o644, .configuration, nil), (998, 0o640, .configuration, nil),
      (0, 0o664, .configuration, nil),
      (0, 0o666, .configuration, "can be written by anybody (mode 0666); run chmod o-w"),
      (0, 0o602, .configuration, "can be written by anybody (mode 0602); run chmod o-w"),
      (
        1_000, 0o600, .configuration,
        "belongs to uid 1000; it must belong to root or to uid 998, which the daemon runs as "
          + "(chown)"
      ),
      (998, 0o600, .secret, nil), (0, 0o400, .secret, nil),
      (0, 0o640, .secret, "is open to others (mode 0640); run chmod 0600"),
      (0, 0o604, .secret, "is open to others (mode 0604); run chmod 0600"),
      (0, 0o610, .secret, "is open to others (mode 0610); run chmod 0600"),
      (0, 0o440, .credential, nil), (998, 0o400, .credential, nil),
      (0, 0o444, .credential, "is open to everybody (mode 0444)"),
      (
        1_000, 0o400, .credential,
        "belongs to uid 1000; it must belong to root or to uid 998, which the daemon runs as "
          + "(chown)"
      ),
    ] as [(uid_t, mode_t, TrustedFile.Kind, String?)])
  func refusals(owner: uid_t, mode: mode_t, kind: TrustedFile.Kind, reason: String?) {
    #expect(TrustedFile(uid: 998).refusal(owner: owner, mode: mode, kind) == reason)
  }

  @Test("as root only root's files are trusted")
  func root() {
    let reason = TrustedFile(uid: 0).refusal(owner: 5, mode: 0o600, .configuration)
    #expect(reason == "belongs to uid 5; it must belong to root (chown)")
  }

  @Test("the bytes of a file are read whole, up to the limit and one more")
  func bytes() throws {
    folder.write("a", "hello")
    folder.write("b", String(repeating: "x", count: 200_000))
    #expect(
      try reader.read(folder("a"), as: .configuration, limit: 100).get() == Array("hello".utf8))
    #expect(try reader.read(folder("b"), as: .configuration, limit: 150_000).get().count == 150_001)
  }

  @Test("modes are looked at on the disk")
  func modes() {
    folder.write("a", "hello")
    chmod(folder("a"), 0o666)
    #expect(reason(folder("a"), .configuration)?.hasPrefix("can be written by anybody") == true)
    chmod(folder("a"), 0o600)
    #expect(reason(folder("a"), .secret) == nil)
  }

  @Test("owners are looked at on the disk", .enabled(if: geteuid() == 0))
  func owners() {
    folder.write("a", "hello")
    #expect(chown(folder("a"), 12_345, 0) == 0)
    #expect(
      reason(folder("a"), .configuration) == "belongs to uid 12345; it must belong to "
        + "root (chown)")
  }

  @Test("what is no file is refused, and a pipe does not block")
  func noFiles() {
    #expect(reason(folder("none"), .configuration) == "cannot be opened: No such file or directory")
    #expect(reason(folder.path, .configuration) == "is no regular file")
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    #expect(reason(folder("pipe"), .configuration) == "is no regular file")
  }

  @Test("a symbolic link is followed, and what it leads to is judged")
  func links() {
    folder.write("a", "hello")
    #expect(symlink(folder("a"), folder("link")) == 0)
    #expect(reason(folder("link"), .configuration) == nil)
    chmod(folder("a"), 0o602)
    #expect(reason(folder("link"), .configuration) != nil)
  }
}
