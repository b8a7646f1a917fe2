// Package autoscale computes what an autoscale setting does: which profile
// applies, which rules fire, to which count the set goes, and where a
// scale-in is held back because it would flap.
//
// The order of evaluation follows Azure Monitor's pages
// autoscale-understanding-settings (U), autoscale-best-practices (B) and
// autoscale-flapping (F):
//
//  1. one profile applies: fixed date, then recurrence, then the default (U);
//  2. a count outside minimum and maximum is pulled to the bound first (B);
//  3. any firing scale-out rule counts; of several the largest result wins (U);
//  4. only when none fires, all scale-in rules must fire; of several results
//     the largest wins, the smallest cut (U);
//  5. a scale-in whose projected value, value x current / new, would fire a
//     scale-out rule is reduced to the first smaller cut that would not, or
//     skipped (F);
//  6. after an action of any rule, a rule waits for its cooldown (U).
//
// Undocumented and assumed: a percent change is cut to a whole number of
// instances, at least one.
//
// The package knows neither JSON nor templates; it imports the standard
// library only.
package autoscale
