package dev.sluice.order.alert;

/// How a part of this app is.
///
/// @param name stable: `database`, `log`, `disk`, `settings`, `codes`, `view_orders`, `view_timeline`, and the code of each provider
/// @param text what it is and does now, in the reader's language
record Part(String name, State state, String text) {
    /// How well a part works.
    enum State {
        /// It works.
        UP,
        /// It works, and less than it should; or an operator has switched it off.
        LIMITED,
        /// It does not work.
        DOWN,
        /// This app cannot know.
        UNKNOWN
    }
}
