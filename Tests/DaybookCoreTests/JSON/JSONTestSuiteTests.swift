import Testing

@testable import DaybookCore

@Suite("JSONTestSuite, the files that all parsers are compared by")
struct JSONTestSuiteTests {
  @Test("all of its 318 files are here") func whole() {
    let kinds = Dictionary(grouping: JSONTestSuite.files, by: \.kind).mapValues(\.count)
    #expect(kinds == ["y": 95, "n": 188, "i": 35])
  }

  @Test("283 of 283 files are judged right, in one piece and byte by byte")
  func verdicts() {
    let judged = JSONTestSuite.files.filter { $0.kind != "i" }
    let right = judged.filter { file in
      let fault = JSONScanner.scan(file.bytes).fault
      #expect((fault == nil) == (file.kind == "y"), "\(file.name): \(String(describing: fault))")
      #expect(scanned(file.bytes, ScanPlan(), chunk: 1).fault == fault, "\(file.name)")
      return (fault == nil) == (file.kind == "y")
    }
    #expect(right.count == 283)
  }

  @Test("as values they are read the same, but for keys that stand twice")
  func values() {
    for file in JSONTestSuite.files where file.kind != "i" {
      let fault = fault(of: file)
      let isTwin = ["y_object_duplicated_key", "y_object_duplicated_key_and_value"]
        .contains(file.name)
      #expect(fault == (isTwin ? .duplicate : JSONScanner.scan(file.bytes).fault?.reason))
    }
  }

  @Test("files on which parsers may differ: what this one says, and why", arguments: open)
  func free(row: Open) throws {
    let file = try #require(JSONTestSuite.files.first { $0.name == row.name })
    #expect(JSONScanner.scan(file.bytes).fault?.reason == row.scanner, "\(row.why)")
    #expect(fault(of: file) == row.value, "\(row.why)")
  }

  @Test("each of those files has its row") func rows() {
    let names = JSONTestSuite.files.filter { $0.kind == "i" }.map(\.name)
    #expect(open.map(\.name).sorted() == names)
  }

  private func fault(of file: JSONTestSuite.File) -> DocumentFault.Reason? {
    do throws(DocumentFault) {
      _ = try JSONValue(parsing: file.bytes)
      return nil
    } catch { return error.reason }
  }
}

/// What the scanner of bodies and the reader of values say of a file; nil: it is accepted.
struct Open: CustomStringConvertible, Sendable {
  var name: String
  var scanner: DocumentFault.Reason?
  var value: DocumentFault.Reason?
  var why: String
  var description: String { name }

  static func all(
    _ names: String, scanner: DocumentFault.Reason?, value: DocumentFault.Reason?, _ why: String
  ) -> [Open] {
    names.split { $0 == " " || $0 == "\n" }.map {
      Open(name: "i_\($0)", scanner: scanner, value: value, why: why)
    }
  }
}

private let open: [Open] =
  Open.all(
    """
    number_double_huge_neg_exp number_huge_exp number_neg_int_huge_exp
    number_pos_double_huge_exp number_real_neg_overflow number_real_pos_overflow
    number_real_underflow number_too_big_neg_int number_too_big_pos_int
    number_very_big_negative_int
    """, scanner: nil, value: nil,
    "RFC 8259 §6 bounds no number; one that does not fit is kept as it is written")
  + Open.all(
    """
    object_key_lone_2nd_surrogate string_1st_surrogate_but_2nd_missing
    string_1st_valid_surrogate_2nd_invalid string_incomplete_surrogate_and_escape_valid
    string_incomplete_surrogate_pair string_incomplete_surrogates_escape_valid
    string_invalid_lonely_surrogate string_invalid_surrogate
    string_inverted_surrogates_U+1D11E string_lone_second_surrogate
    """, scanner: nil, value: .surrogate,
    "grammar, so no reason to lose a day; a message could be read in two ways (RFC 7493 §2.1)")
  + Open.all(
    """
    string_UTF-8_invalid_sequence string_UTF8_surrogate_U+D800 string_invalid_utf-8
    string_iso_latin_1 string_lone_utf8_continuation_byte string_not_in_unicode_range
    string_overlong_sequence_2_bytes string_overlong_sequence_6_bytes
    string_overlong_sequence_6_bytes_null string_truncated-utf-8
    """, scanner: .encoding, value: .encoding, "RFC 8259 §8.1: UTF-8, and nothing that is none")
  + Open.all(
    """
    string_UTF-16LE_with_BOM string_utf16BE_no_BOM string_utf16LE_no_BOM
    structure_UTF-8_BOM_empty_object
    """, scanner: .grammar, value: .grammar, "RFC 8259 §8.1: UTF-8, without a byte order mark")
  + Open.all(
    "structure_500_nested_arrays", scanner: .depth, value: .depth,
    "RFC 8259 §9 allows a limit, which is 128 here: deeper ones come from attackers")
