// SPDX-License-Identifier: MIT

/// Words as a person types them at a shell.
package enum ShellWord {
    /// A word in quotes where it needs them.
    package static func quoted(_ word: String) -> String {
        let isPlain = word.unicodeScalars.allSatisfy { letter in
            letter.properties.isAlphabetic || ("0"..."9").contains(letter)
                || "/._-+:,@%=~".unicodeScalars.contains(letter)
        }
        return isPlain && word.isEmpty == false
            ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
