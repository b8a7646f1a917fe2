package capacity

import (
	_ "embed"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4065_autoscale_schedule.md
var autoscaleSchedulePage string

// autoscaleSchedule reports schedules that mean no time: a frequency that does
// not work, days, hours and minutes that do not exist, a zone that is not
// known, an end before the start.
var autoscaleSchedule = &lint.Rule{
	Code: "SS4065", Name: "autoscale-schedule", Severity: diag.Warning, Since: "0.1", Page: &autoscaleSchedulePage,
	// The specification lists the values of days, hours, minutes, frequency and
	// time zone: https://learn.microsoft.com/rest/api/monitor/autoscale-settings/create-or-update
	Also:     []diag.Level{{Severity: diag.Error, When: "the value is not one of those in the specification"}},
	Guidance: []guidance.ID{guidance.AutoscaleRecurrence, guidance.AutoscaleFixedDate},
	Run:      checkAutoscaleSchedule,
}

func checkAutoscaleSchedule(p *lint.Pass) {
	for _, profile := range liveProfiles(p) {
		checkFixedDate(p, profile)
		recurrence := profile.Recurrence.Node
		if text, ok := recurrence.Get("frequency").Text(); ok && !strings.EqualFold(text, "Week") {
			p.Reportf(recurrence.Get("frequency"), "the frequency of %s is %s; only Week is supported", profile.label, text).Severity(diag.Error).
				Detailf("Use Week, with the days on which the profile begins.")
		}
		schedule := recurrence.Get("schedule")
		checkZone(p, schedule)
		checkDays(p, schedule)
		checkTimes(p, schedule.Get("hours"), "hour", 23)
		checkTimes(p, schedule.Get("minutes"), "minute", 59)
	}
}

func checkZone(p *lint.Pass, n *expand.Node) {
	name, ok := n.Get("timeZone").Text()
	_, known := autoscale.Zone(name)
	upper := strings.ToUpper(name)
	if !ok || known || strings.HasPrefix(upper, "UTC") || strings.HasSuffix(upper, " STANDARD TIME") {
		return // Windows adds zones now and then, in these forms
	}
	f := p.Reportf(n.Get("timeZone"), "%q is not a Windows time zone", name)
	if strings.Contains(name, "/") {
		f.Severity(diag.Error) // such as Europe/Berlin: no name of Windows has a slash
	}
	f.Detailf(`Autoscale takes the names of Windows, such as "Pacific Standard Time" or "UTC".`)
}

func checkDays(p *lint.Pass, schedule *expand.Node) {
	days := schedule.Get("days")
	if days.Known() && len(days.Items) == 0 && schedule.Get("days").Exists() {
		p.Reportf(days, "the schedule has no day, so the profile never begins").Detailf("Add at least one day, Sunday to Saturday.")
	}
	for _, day := range itemsOf(days) {
		if name, ok := day.Text(); ok && !isWeekday(name) {
			p.Reportf(day, "%q is not a day of the week", name).Severity(diag.Error).Detailf("Use Sunday to Saturday, written in full.")
		}
	}
}

func isWeekday(name string) bool {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(d.String(), name) {
			return true
		}
	}
	return false
}

func checkTimes(p *lint.Pass, list *expand.Node, unit string, most int64) {
	for _, item := range itemsOf(list) {
		if n, ok := item.Int(); ok && (n < 0 || n > most) {
			p.Reportf(item, "%s %d does not exist; the last one is %d", unit, n, most).Severity(diag.Error).Detailf("Use %ss from 0 to %d.", unit, most)
		}
	}
}

func itemsOf(n *expand.Node) []*expand.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

func checkFixedDate(p *lint.Pass, profile profile) {
	at := profile.FixedDate.Node
	checkZone(p, at)
	start, ok1 := at.Get("start").Text()
	end, ok2 := at.Get("end").Text()
	from, ok3 := moment(start)
	to, ok4 := moment(end)
	switch {
	case ok1 && !ok3:
		p.Reportf(at.Get("start"), "start %q is not a date and time", start).Detailf("Write it as 2026-12-24T18:00:00.")
	case ok2 && !ok4:
		p.Reportf(at.Get("end"), "end %q is not a date and time", end).Detailf("Write it as 2026-12-24T18:00:00.")
	case ok1 && ok2 && !to.After(from):
		p.Reportf(at.Get("end"), "the end of %s, %s, is not after its start, %s", profile.label, end, start).Severity(diag.Error).
			Relatedf(at.Get("start"), "the start").
			Detailf("Swap start and end.")
	}
}

// moment reads a date as templates write it; the offset of one is that of the
// other, so that it does not matter here when both have none.
func moment(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04:05.9999999", "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
