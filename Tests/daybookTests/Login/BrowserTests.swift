import Foundation
import Testing

@testable import daybook

@Suite("The browser")
struct BrowserTests {
  private func program(_ folder: TestFolder) throws -> String {
    let path = try folder.write(
      "#!/bin/sh\necho loud; echo \"$1\" > '\(folder.path)/tmp' && mv '\(folder.path)/tmp' '\(folder.path)/url'\n",
      to: "open")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  /// A script that was just written is busy (ETXTBSY) for as long as a child which another test
  /// forked meanwhile has not come to its own exec.
  private func opens(_ browser: Browser, _ url: String) -> Bool {
    for _ in 0..<1_000 {
      if browser.open(url) { return true }
      usleep(10_000)
    }
    return false
  }

  private func opened(_ folder: TestFolder) -> String? {
    for _ in 0..<1_000 {
      if let text = try? String(contentsOfFile: folder.path + "/url", encoding: .utf8) {
        return text
      }
      usleep(10_000)
    }
    return nil
  }

  @Test(
    "it is opened with the very URL where there is a screen",
    arguments: ["DISPLAY", "WAYLAND_DISPLAY"])
  func opens(variable: String) throws {
    let folder = TestFolder()
    let browser = Browser([variable: ":0"], program: try program(folder))
    let url = "https://p.example/?a=b&c='$(id)'"
    #expect(opens(browser, url))
    #expect(opened(folder) == url + "\n")
  }

  @Test("when it ends it leaves no zombie behind")
  func reaped() throws {
    let folder = TestFolder()
    // The script's own parent is what we are: it says its number, then it ends.
    let path = try folder.write(
      "#!/bin/sh\necho $$ > \"$1.tmp\" && mv \"$1.tmp\" \"$1\"\n", to: "open")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    #expect(opens(Browser(["DISPLAY": ":0"], program: path), folder.path + "/url"))
    let pid = try #require(opened(folder)).dropLast()
    for _ in 0..<1_000 where FileManager.default.fileExists(atPath: "/proc/\(pid)") {
      usleep(10_000)
    }
    #expect(!FileManager.default.fileExists(atPath: "/proc/\(pid)"))
  }

  @Test("without a screen it is not tried")
  func noScreen() throws {
    let folder = TestFolder()
    for environment in [[:], ["DISPLAY": ""], ["WAYLAND_DISPLAY": "", "DISPLAY": ""]] {
      #expect(!Browser(environment, program: try program(folder)).open("x"))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/url"))
  }

  @Test("a machine without xdg-open says so")
  func noProgram() {
    #expect(!Browser(["DISPLAY": ":0"], program: "/nowhere/xdg-open").open("x"))
  }
}
