//! The word that the server stops, passed to everything that runs.

use tokio::sync::watch;

/// Tells all [`Stopping`]s made with it.
pub struct Stop(watch::Sender<bool>);

/// Hears when the server stops.
#[derive(Clone)]
pub struct Stopping(watch::Receiver<bool>);

/// A pair of both.
pub fn channel() -> (Stop, Stopping) {
    let (sender, receiver) = watch::channel(false);
    (Stop(sender), Stopping(receiver))
}

impl Stop {
    /// The server stops.
    pub fn now(&self) {
        self.0.send_replace(true);
    }
}

impl Stopping {
    /// Waits until the server stops.
    pub async fn wait(&mut self) {
        let _ = self.0.wait_for(|stops| *stops).await;
    }
}
