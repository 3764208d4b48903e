// Panels on a WebGL context: textured squares whose light is added to the world.

const VERTEX = `
attribute vec2 corner;
uniform mat4 model, view, projection;
varying vec2 at;
void main() {
  at = vec2(corner.x + 0.5, 0.5 - corner.y);
  gl_Position = projection * view * model * vec4(corner, 0.0, 1.0);
}`;
// `dim`: what a screen that shows the camera's picture takes away behind the light, so that it can be read by day
const FRAGMENT = `
precision mediump float;
uniform sampler2D picture;
uniform float dim;
varying vec2 at;
void main() {
  vec3 light = texture2D(picture, at).rgb;
  gl_FragColor = vec4(light, dim * max(light.r, max(light.g, light.b)));
}`;

export class Light {
  #textures = new Map(); // panel → texture

  constructor(gl) {
    this.gl = gl;
    this.program = link(gl);
    this.square = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.square);
    const corners = [-0.5, -0.5, 0.5, -0.5, -0.5, 0.5, 0.5, 0.5];
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(corners), gl.STATIC_DRAW);
    this.at = Object.fromEntries(
      ["model", "view", "projection", "picture", "dim"].map((n) => [n, gl.getUniformLocation(this.program, n)]),
    );
  }

  /** Begin a frame: nothing is lit. */
  clear(framebuffer) {
    const { gl } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.disable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE);
    gl.useProgram(this.program);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.square);
    const corner = gl.getAttribLocation(this.program, "corner");
    gl.enableVertexAttribArray(corner);
    gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0);
  }

  /** One eye's part of the frame: `panels` is [{panel, model}]. */
  eye({ x, y, width, height }, view, projection, panels, dim) {
    const { gl } = this;
    gl.viewport(x, y, width, height);
    gl.uniformMatrix4fv(this.at.view, false, view);
    gl.uniformMatrix4fv(this.at.projection, false, projection);
    gl.uniform1i(this.at.picture, 0);
    gl.uniform1f(this.at.dim, dim);
    for (const { panel, model } of panels) {
      this.#bind(panel);
      gl.uniformMatrix4fv(this.at.model, false, model);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    }
  }

  forget(panel) {
    this.gl.deleteTexture(this.#textures.get(panel) ?? null);
    this.#textures.delete(panel);
  }

  #bind(panel) {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0);
    let texture = this.#textures.get(panel);
    if (!texture) {
      texture = gl.createTexture();
      this.#textures.set(panel, texture);
      panel.changed = true;
    }
    gl.bindTexture(gl.TEXTURE_2D, texture);
    if (!panel.changed) return;
    panel.changed = false;
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, panel.canvas);
    for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
    for (const size of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, size, gl.LINEAR);
  }
}

function link(gl) {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program));
  return program;
}
