// Which language a JSON text is in, by its members, as the language server decides it: by $schema,
// otherwise by the sections that only templates and parameter files have.

export type Kind = 'arm-template' | 'arm-parameters';

/** The languages that this extension brings. */
export const kinds: readonly Kind[] = ['arm-template', 'arm-parameters'];

/** How many characters of a text are searched. */
const longest = 1 << 20;

/**
 * Returns the kind of a JSON text, or undefined if it is something else. The text may be broken, and
 * may have comments.
 */
export function kindOf(text: string): Kind | undefined {
	const { schema, members } = membersOf(text.slice(0, longest));
	const file = schema === undefined ? '' : (/([^/]*?)#?$/.exec(schema.toLowerCase())?.[1] ?? '');
	if (/^(subscription|managementgroup|tenant)?deploymenttemplate\.json$/.test(file)) {
		return 'arm-template';
	}
	if (members.has('resources')) {
		const sections = members.has('parameters') && members.has('variables');
		return members.has('contentversion') || sections ? 'arm-template' : undefined;
	}
	if (schema !== undefined) {
		return file.endsWith('deploymentparameters.json') ? 'arm-parameters' : undefined;
	}
	return members.size === 2 && members.has('contentversion') && members.has('parameters') ? 'arm-parameters' : undefined;
}

/**
 * Returns the kind of an empty document that has a usual name, so that the server can offer a whole
 * template in it.
 */
export function kindOfName(path: string): Kind | undefined {
	const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
	if (/\.parameters(\.[^.]+)?\.jsonc?$/.test(name)) {
		return 'arm-parameters';
	}
	return /^(azuredeploy|maintemplate)\.jsonc?$/.test(name) ? 'arm-template' : undefined;
}

/** Lists the names of the members of the outermost object, in lower case, and the text of $schema. */
function membersOf(text: string): { schema: string | undefined; members: Set<string> } {
	const members = new Set<string>();
	let schema: string | undefined;
	let depth = 0;
	let name: string | undefined; // of the member whose value comes next
	let last: string | undefined; // a string that may be a name
	for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length; at++) {
		const c = text.charAt(at);
		if (c === '/' && text.charAt(at + 1) === '/') {
			at = endOf(text, '\n', at);
		} else if (c === '/' && text.charAt(at + 1) === '*') {
			at = endOf(text, '*/', at + 2);
		} else if (depth === 0) {
			if (c === '{') {
				depth = 1;
			} else if (c.trim() !== '') {
				break; // not an object
			}
		} else if (c === '"') {
			const start = at + 1;
			for (at = start; at < text.length && text.charAt(at) !== '"'; at++) {
				if (text.charAt(at) === '\\') {
					at++;
				}
			}
			if (depth === 1) {
				last = text.slice(start, at);
				if (name === '$schema') {
					schema ??= last;
				}
			}
		} else if (c === '{' || c === '[') {
			depth++;
		} else if (c === '}' || c === ']') {
			if (--depth === 0) {
				break;
			}
		} else if (c === ':' && depth === 1 && last !== undefined) {
			name = last.toLowerCase();
			members.add(name);
			last = undefined;
		} else if (c === ',' && depth === 1) {
			name = last = undefined;
		}
	}
	return { schema, members };
}

/** Returns the last position of the next occurrence of a text, or the end. */
function endOf(text: string, end: string, from: number): number {
	const at = text.indexOf(end, from);
	return at < 0 ? text.length : at + end.length - 1;
}
