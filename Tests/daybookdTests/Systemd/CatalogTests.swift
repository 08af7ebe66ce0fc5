import DaybookCore
import Testing

@testable import daybookd

/// The message catalog against the table of messages.
@Suite struct CatalogTests {
  private struct Page {
    var id: String
    var headers: [String: String] = [:]
    var text = ""
  }

  private func pages() throws -> [Page] {
    var pages: [Page] = []
    var inText = false
    for line in try repositoryText("systemd/daybook.catalog")
      .split(separator: "\n", omittingEmptySubsequences: false)
    {
      if line.hasPrefix("-- ") {
        pages.append(Page(id: String(line.dropFirst(3))))
        inText = false
      } else if pages.isEmpty {
        #expect(line.isEmpty || line.hasPrefix("#"), "\(line)")
      } else if inText {
        pages[pages.count - 1].text += line + "\n"
      } else if line.isEmpty {
        inText = true
      } else {
        let parts = line.split(separator: ":", maxSplits: 1)
        let value = String(parts[1].drop { $0 == " " })
        pages[pages.count - 1].headers[String(parts[0])] = value
      }
    }
    return pages
  }

  @Test("every kind of message has one page, and every page a kind of message")
  func complete() throws {
    let pages = try pages().map(\.id)
    #expect(pages.sorted() == Message.allCases.map(\.id).sorted())
  }

  @Test("every id is 128 bits, and no two are the same")
  func ids() {
    let ids = Message.allCases.map(\.id)
    #expect(Set(ids).count == ids.count)
    for id in ids {
      #expect(id.utf8.count == 32 && id.allSatisfy { $0.isHexDigit && !$0.isUppercase }, "\(id)")
    }
  }

  @Test("every page says what it means and what to do")
  func pagesTalk() throws {
    for page in try pages() {
      #expect(page.headers["Subject"]?.isEmpty == false, "\(page.id)")
      #expect(page.headers["Defined-By"] == "daybookd", "\(page.id)")
      #expect(page.headers["Documentation"]?.hasPrefix("man:daybook") == true, "\(page.id)")
      let paragraphs = page.text.split(separator: "\n\n")
      #expect(paragraphs.count >= 2, "\(page.headers["Subject"] ?? page.id)")
    }
  }

  @Test("only fields that the journal writer sends are filled in")
  func fields() throws {
    let entry = Entry(
      .ready, "", account: "a", provider: "b", stream: "c", day: Day(number: 0))
    let known = LogLine.fields(entry).map { String($0.prefix { $0 != "=" }) }
    for page in try pages() {
      let text = page.text + (page.headers["Subject"] ?? "")
      for (index, part) in text.split(separator: "@", omittingEmptySubsequences: false).enumerated()
      where index % 2 == 1 {
        #expect(known.contains(String(part)), "@\(part)@ on the page \(page.id)")
      }
    }
  }

  @Test(
    "journalctl takes it",
    .enabled(if: isInstalled("/usr/bin/journalctl"), "journalctl is not installed"))
  func compiled() async throws {
    let folder = "/usr/lib/systemd/catalog"
    let root = WorkTree()
    try root.write("\(folder)/daybook.catalog", repositoryText("systemd/daybook.catalog"))
    try root.makeFolder("/var/lib/systemd/catalog")
    let update = try await runProgram(
      "/usr/bin/journalctl", ["--root", root.path, "--update-catalog"])
    #expect(update.status == 0 && update.output.isEmpty, "\(update.output)")
    let list = try await runProgram("/usr/bin/journalctl", ["--root", root.path, "--list-catalog"])
    #expect(list.output.split(separator: "\n").count == Message.allCases.count)
  }
}
