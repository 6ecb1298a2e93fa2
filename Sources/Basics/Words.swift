// SPDX-License-Identifier: MIT

/// Bytes as words that two tired people can compare by phone: one word a byte.
///
/// The words are common and concrete, no two begin with the same four letters, and no two sound
/// nearly alike. `Docs/Formats/Words.txt` is the same list for programs in other languages. The
/// list never changes: a word's place in it is the byte it stands for.
package enum Words {
    /// The word of each byte, in alphabetical order.
    package static let list: [String] = [
        "acorn", "album", "almond", "alpaca", "anchor", "anorak", "anvil", "apple", "apron",
        "arrow", "artist", "atlas", "attic", "avenue", "badger", "bagel", "bakery", "bamboo",
        "banana", "barley", "basin", "basket", "bench", "bistro", "blouse", "bobbin", "bonnet",
        "brick", "broom", "brush", "bugle", "cabin", "cactus", "cake", "camel", "canary", "canoe",
        "canyon", "carpet", "cement", "chalk", "cheese", "cherry", "cinema", "circle", "citrus",
        "clock", "cloud", "clover", "coast", "cobweb", "coffee", "cotton", "cradle", "crane",
        "dancer", "denim", "desk", "doctor", "dollar", "domino", "dragon", "earth", "engine",
        "fabric", "falcon", "farmer", "field", "flag", "flute", "folder", "fridge", "galaxy",
        "garage", "garlic", "giant", "glider", "glove", "goblet", "goose", "gravel", "guitar",
        "harp", "hedge", "honey", "hoop", "hotel", "hurdle", "icicle", "igloo", "indigo", "insect",
        "island", "jacket", "jam", "jigsaw", "kiosk", "koala", "ladder", "lagoon", "lamp", "lasso",
        "latch", "lawn", "leaf", "lemon", "lemur", "lentil", "limpet", "liquid", "lizard", "lobby",
        "locket", "lotus", "lumber", "lupin", "magnet", "mango", "mantis", "maple", "marble",
        "maroon", "meadow", "menu", "meteor", "milk", "mirror", "mitten", "mosaic", "moss", "motor",
        "mural", "museum", "napkin", "nectar", "oak", "oasis", "ocean", "octave", "office", "opera",
        "orange", "orbit", "osprey", "otter", "owl", "oyster", "palace", "pantry", "paper",
        "parade", "parcel", "parrot", "peach", "pebble", "pencil", "phone", "piano", "picnic",
        "pigeon", "pillow", "pine", "pizza", "planet", "podium", "poem", "poncho", "pond", "porch",
        "potato", "puffin", "pulley", "puzzle", "python", "quilt", "quiz", "rabbit", "radio",
        "raisin", "ranger", "recipe", "relay", "river", "ruler", "saddle", "salad", "saucer",
        "scarf", "school", "scroll", "sequin", "shed", "shelf", "shovel", "shower", "shrub",
        "signal", "silver", "sketch", "slide", "snail", "sofa", "spider", "spiral", "splash",
        "sponge", "spring", "squash", "squid", "stamp", "staple", "steam", "storm", "stove",
        "straw", "street", "sugar", "sunset", "syrup", "teapot", "tent", "ticket", "tiger",
        "timber", "topaz", "toy", "trifle", "tripod", "trophy", "tuba", "tulip", "tundra", "turnip",
        "umpire", "vacuum", "valley", "velvet", "vinyl", "violin", "visor", "voyage", "waffle",
        "walnut", "wax", "widget", "window", "wing", "wolf", "wombat", "yarn", "yodel", "zebra",
        "zenith", "zigzag", "zinc", "zodiac",
    ]

    /// How many words a fingerprint is spoken as.
    package static let count = 8

    /// The words that stand for these bytes, in the order of the bytes.
    package static func spoken(_ bytes: some Sequence<UInt8>) -> [String] {
        bytes.map { list[Int($0)] }
    }

    /// The words that people compare for an id or a digest: those of its first bytes, in one line.
    package static func line(_ bytes: Bytes32) -> String {
        spoken(bytes.array.prefix(count)).joined(separator: " ")
    }

    /// The bytes that these words stand for, or nil where one is not of the list.
    ///
    /// A word may be cut short after its first four letters or later, and typed in capitals.
    package static func bytes(_ words: some Sequence<Substring>) -> [UInt8]? {
        var result: [UInt8] = []
        for word in words {
            guard let byte = byte(word) else { return nil }
            result.append(byte)
        }
        return result
    }

    private static func byte(_ typed: Substring) -> UInt8? {
        let letters = typed.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        let place = list.firstIndex { word in
            letters.elementsEqual(word.utf8)
                || letters.count >= lettersThatSuffice && word.utf8.starts(with: letters)
        }
        return place.map { UInt8($0) }
    }

    private static let lettersThatSuffice = 4
}
