//! POSIX regular expressions and shell patterns: pure, linear where the language allows it.
