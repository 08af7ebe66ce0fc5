import DaybookCore
import Glibc

/// The folders in which provider files are looked for, most important first: a file of one folder
/// hides those of the same name behind it.
struct ProviderFolders {
  var paths: [String]

  init(_ paths: [String]) { self.paths = paths }

  /// `given` (`--providers DIR`), the operator's own, those installed beside the program, and those
  /// of the distribution. `executable`: the program's path, `/usr/local/bin/daybookd` say.
  static func standard(given: [String] = [], executable: String?) -> ProviderFolders {
    let operators = "/etc/daybook/providers"
    let distribution = "/usr/share/daybook/providers"
    let beside = executable.flatMap { path -> String? in
      let parts = path.split(separator: "/").dropLast(2)
      guard path.hasPrefix("/") else { return nil }
      return (["/" + parts.joined(separator: "/")] + ["share/daybook/providers"])
        .joined(separator: parts.isEmpty ? "" : "/")
    }
    var out: [String] = []
    for path in given + [operators] + [beside].compactMap({ $0 }) + [distribution]
    where !out.contains(path) {
      out.append(path)
    }
    return ProviderFolders(out)
  }

  /// The provider files of all folders, read, in the order of the folders and then of their names;
  /// and what is there that was meant to be one but is none.
  func files(_ reader: TrustedFile) -> (files: [SourceFile], warnings: [String]) {
    var files: [SourceFile] = []
    var warnings: [String] = []
    for folder in paths {
      let (names, failure) = ProviderFolders.names(in: folder)
      if let failure { warnings.append(failure) }
      for name in names {
        let path = "\(folder)/\(name)"
        if let warning = ProviderFolders.complaint(name) {
          warnings.append("\(path): \(warning)")
          continue
        }
        let content = reader.read(path, as: .configuration, limit: Limits.yamlBytes)
        files.append(SourceFile(path: path, content: content))
      }
    }
    return (files, warnings)
  }

  /// Why a file that looks like one is no provider file; nil: it is one.
  private static func complaint(_ name: String) -> String? {
    if name.hasSuffix(".yml") { return "is not read; provider files end in .yaml" }
    return Name.isValid(String(name.dropLast(5))) ? nil : "is not read; \(Name.rule)"
  }

  /// The names in a folder that end like YAML files, sorted. A folder that is not there has none.
  private static func names(in folder: String) -> (names: [String], failure: String?) {
    guard let handle = opendir(folder) else {
      if errno == ENOENT { return ([], nil) }
      return ([], "\(folder): cannot be listed: \(String(cString: strerror(errno)))")
    }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      let isYAML = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
      if isYAML, !name.hasPrefix(".") { names.append(name) }
    }
    names.sort()
    guard names.count > Limits.providerFiles else { return (names, nil) }
    let failure = "\(folder): more than \(Limits.providerFiles) files; the rest is not read"
    return (Array(names.prefix(Limits.providerFiles)), failure)
  }
}
