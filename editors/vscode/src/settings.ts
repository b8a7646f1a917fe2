// The settings that become arguments of the program.

/** The settings scaleset.deployment. */
export interface Deployment {
	location?: string | undefined;
	resourceGroup?: string | undefined;
	subscriptionId?: string | undefined;
}

/**
 * Returns the flags that describe the deployment. Name and value are one argument, so that a value
 * cannot become a flag.
 */
export function deploymentFlags(deployment: Deployment): string[] {
	const flags: [string, string | undefined][] = [
		['location', deployment.location],
		['resource-group', deployment.resourceGroup],
		['subscription-id', deployment.subscriptionId],
	];
	return flags.flatMap(([name, value]) => {
		const text = typeof value === 'string' ? value.trim() : '';
		return text === '' ? [] : [`--${name}=${text}`];
	});
}
