// Package autoscale computes what an autoscale setting does: which profile applies,
// which rules fire, how many instances result, and which scale-in is prevented because
// it would flap.
//
// The order of evaluation follows Azure Monitor's pages
// autoscale-understanding-settings (U), autoscale-best-practices (B) and
// autoscale-flapping (F):
//
//  1. one profile applies: fixed date, then recurrence, then the default (U);
//  2. a count outside minimum and maximum is set to the nearest bound first (B);
//  3. any scale-out rule that fires is enough; of several the largest result wins (U);
//  4. only if none fires, all scale-in rules must fire; of several results the
//     largest one wins, which removes the fewest instances (U);
//  5. a scale-in whose projected value, value x current / new, would fire a
//     scale-out rule is reduced to the largest one that would not, or skipped (F);
//  6. after an action of any rule, a rule waits for its cooldown (U).
//
// Undocumented and assumed: a change in percent is rounded down to a whole number of
// instances, and is at least one.
//
// The package knows neither JSON nor templates; it imports only the standard library.
package autoscale
