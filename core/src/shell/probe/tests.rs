//! Replays what the fuzz targets have found.

use super::{expression, script, texts};

#[test]
fn kept_texts_do_no_harm() {
    for file in [include_str!("corpus.txt"), include_str!("found.txt")] {
        for text in texts(file) {
            script(&text).unwrap();
            expression(&text);
        }
    }
}
