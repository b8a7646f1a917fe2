package autoscale

import (
	"strings"
	"time"
	_ "time/tzdata" // one static binary: the zones come along
)

// Zone returns the time zone with the Windows name that templates use, such as "Pacific
// Standard Time"; "" is UTC, as in Azure. ok is false for a name that is not in the
// table. The pairs are those of the Unicode CLDR (windowsZones, territory 001).
func Zone(windows string) (*time.Location, bool) {
	if windows == "" || strings.EqualFold(windows, "UTC") {
		return time.UTC, true
	}
	iana := ianaZone(strings.ToLower(windows))
	if iana == "" {
		return nil, false
	}
	loc, err := time.LoadLocation(iana)
	return loc, err == nil
}

func ianaZone(windows string) string {
	switch windows {
	case "dateline standard time":
		return "Etc/GMT+12"
	case "aleutian standard time":
		return "America/Adak"
	case "hawaiian standard time":
		return "Pacific/Honolulu"
	case "alaskan standard time":
		return "America/Anchorage"
	case "pacific standard time":
		return "America/Los_Angeles"
	case "pacific standard time (mexico)":
		return "America/Tijuana"
	case "us mountain standard time":
		return "America/Phoenix"
	case "mountain standard time":
		return "America/Denver"
	case "mountain standard time (mexico)":
		return "America/Mazatlan"
	case "central america standard time":
		return "America/Guatemala"
	case "central standard time":
		return "America/Chicago"
	case "central standard time (mexico)":
		return "America/Mexico_City"
	case "canada central standard time":
		return "America/Regina"
	case "sa pacific standard time":
		return "America/Bogota"
	case "eastern standard time":
		return "America/New_York"
	case "eastern standard time (mexico)":
		return "America/Cancun"
	case "us eastern standard time":
		return "America/Indiana/Indianapolis"
	case "venezuela standard time":
		return "America/Caracas"
	case "atlantic standard time":
		return "America/Halifax"
	case "sa western standard time":
		return "America/La_Paz"
	case "pacific sa standard time":
		return "America/Santiago"
	case "newfoundland standard time":
		return "America/St_Johns"
	case "e. south america standard time":
		return "America/Sao_Paulo"
	case "argentina standard time":
		return "America/Argentina/Buenos_Aires"
	case "sa eastern standard time":
		return "America/Cayenne"
	case "greenland standard time":
		return "America/Nuuk"
	case "azores standard time":
		return "Atlantic/Azores"
	case "cape verde standard time":
		return "Atlantic/Cape_Verde"
	case "gmt standard time":
		return "Europe/London"
	case "greenwich standard time":
		return "Atlantic/Reykjavik"
	case "morocco standard time":
		return "Africa/Casablanca"
	case "w. europe standard time":
		return "Europe/Berlin"
	case "central europe standard time":
		return "Europe/Budapest"
	case "romance standard time":
		return "Europe/Paris"
	case "central european standard time":
		return "Europe/Warsaw"
	case "w. central africa standard time":
		return "Africa/Lagos"
	case "gtb standard time":
		return "Europe/Bucharest"
	case "middle east standard time":
		return "Asia/Beirut"
	case "egypt standard time":
		return "Africa/Cairo"
	case "e. europe standard time":
		return "Europe/Chisinau"
	case "south africa standard time":
		return "Africa/Johannesburg"
	case "fle standard time":
		return "Europe/Kyiv"
	case "israel standard time":
		return "Asia/Jerusalem"
	case "turkey standard time":
		return "Europe/Istanbul"
	case "arabic standard time":
		return "Asia/Baghdad"
	case "arab standard time":
		return "Asia/Riyadh"
	case "russian standard time":
		return "Europe/Moscow"
	case "e. africa standard time":
		return "Africa/Nairobi"
	case "iran standard time":
		return "Asia/Tehran"
	case "arabian standard time":
		return "Asia/Dubai"
	case "azerbaijan standard time":
		return "Asia/Baku"
	case "georgian standard time":
		return "Asia/Tbilisi"
	case "afghanistan standard time":
		return "Asia/Kabul"
	case "west asia standard time":
		return "Asia/Tashkent"
	case "pakistan standard time":
		return "Asia/Karachi"
	case "india standard time":
		return "Asia/Kolkata"
	case "sri lanka standard time":
		return "Asia/Colombo"
	case "nepal standard time":
		return "Asia/Kathmandu"
	case "central asia standard time":
		return "Asia/Bishkek"
	case "bangladesh standard time":
		return "Asia/Dhaka"
	case "myanmar standard time":
		return "Asia/Yangon"
	case "se asia standard time":
		return "Asia/Bangkok"
	case "china standard time":
		return "Asia/Shanghai"
	case "singapore standard time":
		return "Asia/Singapore"
	case "w. australia standard time":
		return "Australia/Perth"
	case "taipei standard time":
		return "Asia/Taipei"
	case "tokyo standard time":
		return "Asia/Tokyo"
	case "korea standard time":
		return "Asia/Seoul"
	case "cen. australia standard time":
		return "Australia/Adelaide"
	case "aus central standard time":
		return "Australia/Darwin"
	case "e. australia standard time":
		return "Australia/Brisbane"
	case "aus eastern standard time":
		return "Australia/Sydney"
	case "tasmania standard time":
		return "Australia/Hobart"
	case "west pacific standard time":
		return "Pacific/Port_Moresby"
	case "new zealand standard time":
		return "Pacific/Auckland"
	case "fiji standard time":
		return "Pacific/Fiji"
	case "tonga standard time":
		return "Pacific/Tongatapu"
	case "samoa standard time":
		return "Pacific/Apia"
	}
	return ""
}
