package plans

import (
	"strconv"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
)

// planExtras are the columns that a table of instances needs for a plan.
type planExtras struct{ zone, fault, update, ports, account bool }

// planTableHeader names the columns of a table of instances.
func planTableHeader(p *whatif.Plan) ([]string, planExtras) {
	c := p.Config
	x := planExtras{zone: len(c.Zones) > 0, fault: !c.MaxSpreading(), update: c.UpdateDomains > 1, ports: len(p.Pools()) > 0, account: p.HasAccounts()}
	header := []string{"instance", "computer name"}
	if x.zone {
		header = append(header, "zone")
	}
	if x.fault {
		header = append(header, "fault domain")
	}
	if x.update {
		header = append(header, "update domain")
	}
	if x.ports {
		header = append(header, "NAT port")
	}
	if x.account {
		header = append(header, "storage account")
	}
	return header, x
}

// planTableRow is one instance, not yet escaped for any format.
func planTableRow(p *whatif.Plan, in *placement.Instance, x planExtras) []string {
	row := []string{p.Name(in.ID), p.ComputerName(in.ID)}
	if x.zone {
		row = append(row, in.Zone)
	}
	if x.fault {
		row = append(row, strconv.Itoa(int(in.FaultDomain)))
	}
	if x.update {
		row = append(row, strconv.Itoa(int(in.UpdateDomain)))
	}
	if x.ports {
		row = append(row, ports(p, in.ID))
	}
	if x.account {
		row = append(row, p.Account(in.ID))
	}
	return row
}
