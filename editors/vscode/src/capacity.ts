// The capacity changes that simulate takes.

/** Returns what is wrong with a series of capacity changes as typed, or undefined. */
export function wrongCapacity(text: string): string | undefined {
	const steps = text.split(',').map((step) => step.trim());
	const wrong = steps.find((step) => !/^[+-]?\d{1,6}%?$/.test(step) || /^\d+%$/.test(step));
	if (wrong === undefined) {
		return undefined;
	}
	return wrong === '' ? 'Type a capacity, such as 15, +5 or -10%.' : `"${wrong}" is not a capacity. Use a number (15), a difference (+5, -3) or a percentage (+10%).`;
}

/** Returns a series without spaces, as --to takes it. */
export function steps(text: string): string {
	return text.replace(/\s+/g, '');
}
